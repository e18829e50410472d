from django import template

register = template.Library()


@register.filter
def quoted(words):
    """Return somebody's words as a quotation, every line of them, so that they are not taken for ours."""
    return "\n".join(f"> {line}".rstrip() for line in str(words).splitlines())
