from django import template

from forum.lib.editor import with_nonce

register = template.Library()


@register.simple_tag(takes_context=True)
def editor_media(context, form):
    """Print the styles and scripts of a form with an editor, once on a page."""
    return with_nonce(form.media, context["request"])
