"""Components that are made of plain values, and kept.

`{% part "components/_card.html" article=card level=2 %}` shows one, `{% parts "components/_card.html" article=cards %}`
one for each value.
"""

from django import template
from django.template.base import token_kwargs

from forum.lib.web.parts import parts

register = template.Library()


class PartNode(template.Node):
    """A component in its place on a page."""

    def __init__(self, name, told):
        self.name, self.told = name, told

    def render(self, context):
        return parts.html(self.name, {name: value.resolve(context) for name, value in self.told.items()})


class PartsNode(PartNode):
    """A component for each of several values."""

    def render(self, context):
        ((name, values),) = self.told.items()
        return parts.each(self.name, name, values.resolve(context))


@register.tag
def part(parser, token):
    """Show a component made of the values it is told."""
    return PartNode(*_read(parser, token))


@register.tag("parts")
def part_of_each(parser, token):
    """Show a component for each of the values told by one name."""
    name, told = _read(parser, token)
    if len(told) != 1:
        raise template.TemplateSyntaxError("Several parts are told one list of values.")
    return PartsNode(name, told)


def _read(parser, token):
    _, name, *said = token.split_contents()
    told = token_kwargs(said, parser)
    if said or name[0] not in "\"'":
        raise template.TemplateSyntaxError("A part names its template, and then each value as name=value.")
    return name.strip("\"'"), told
