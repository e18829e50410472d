"""What is the same on every page is made once for each version of the database."""

from django import template

from forum.lib.web.kept import remembered

register = template.Library()
GIVEN = ("site", "today")


@register.tag
def remember(parser, token):
    """Render what stands before `endremember` once under a name; it is given the site and the date, and nobody."""
    _, name = token.split_contents()
    nodes = parser.parse(["endremember"])
    parser.delete_first_token()
    return Remember(name, nodes)


class Remember(template.Node):
    """A part of a page that is the same for everybody."""

    def __init__(self, name, nodes):
        self.name, self.nodelist = name, nodes

    def render(self, context):
        given = {name: context.get(name) for name in GIVEN}
        return remembered(getattr(context, "request", None), self.name, lambda: self._made(context, given))

    def _made(self, context, given):
        return self.nodelist.render(context.new(given))
