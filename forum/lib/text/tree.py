"""A small HTML tree: what nh3 has cleaned is read into nodes, changed, and written again."""

from html import escape
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "source"})
DEEPEST = 40  # levels; what lies deeper keeps its text and loses its tags


class Node:
    """One element: its tag, its attributes and its children, which are nodes or plain strings."""

    __slots__ = ("attrs", "children", "tag")

    def __init__(self, tag, attrs=None, children=None):
        self.tag = tag
        self.attrs = attrs or {}
        self.children = [] if children is None else children

    def walk(self):
        """Yield this node and every node in it, in the order of the text."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def text(self):
        """The plain text in it, tags left out."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def has_class(self, name):
        return name in self.attrs.get("class", "").split()


def is_footnote(node):
    """Whether a child of a node is a footnote standing in the text."""
    return isinstance(node, Node) and node.tag == "span" and node.has_class("footnote")


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.open[-1].children.append(node)
            return
        if len(self.open) < DEEPEST:
            self.open[-1].children.append(node)
            self.open.append(node)

    def handle_endtag(self, tag):
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parse(html):
    """Read well-formed HTML (the output of nh3, or our own) into a root node without a tag."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def serialise(children):
    """Write nodes and strings as HTML, everything escaped."""
    return "".join(_written(child) for child in children)


def _written(node):
    if isinstance(node, str):
        return escape(node, quote=False)
    opening = open_tag(node)
    return opening if node.tag in VOID else f"{opening}{serialise(node.children)}</{node.tag}>"


def open_tag(node):
    """The opening tag of a node, attributes escaped."""
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs.items())
    return f"<{node.tag}{attrs}>"
