"""`{% part "components/_card.html" article=card level=2 %}`: a component that is made of plain values, and kept."""

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


@register.tag
def part(parser, token):
    """Show a component made of the values it is told."""
    _, name, *said = token.split_contents()
    told = token_kwargs(said, parser)
    if said or name[0] not in "\"'":
        raise template.TemplateSyntaxError("A part names its template, and then each value as name=value.")
    return PartNode(name.strip("\"'"), told)
