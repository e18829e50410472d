"""Puts what was typed back into a form of a page, as a browser does on the way back."""

from html.parser import HTMLParser

from django.utils.html import escape

UNFILLED = {"csrfmiddlewaretoken", "website", "shown"}  # what was shown before this page was is shown again
TICKED = {"checkbox", "radio"}
PRESSED = {"submit", "button", "image", "reset", "file", "password"}


class Form:
    """One form of a page: where it begins, and where its fields would be filled in."""

    def __init__(self, start):
        self.start, self.names, self.edits = start, set(), []


class Filling(HTMLParser):
    """Reads a page for the fields `said`, {name: values}, and notes what has to change in each of its forms."""

    def __init__(self, page, said):
        super().__init__(convert_charrefs=True)
        self.page, self.said = page, said
        self.forms, self.form, self.select, self.box = [], None, "", None
        self.lines = [0, *(at + 1 for at, letter in enumerate(page) if letter == "\n")]
        self.feed(page)

    @property
    def at(self):
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form" and said.get("method", "").lower() == "post":
            self.form = Form(self.at)
            self.forms.append(self.form)
        if self.form and tag in ("input", "select", "option", "textarea"):
            getattr(self, f"_{tag}")(tag, said)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.box:
            name, start = self.box
            self.form.edits.append((start, self.at, "\n" + escape(self.said[name][0])))
            self.box = None

    def _input(self, tag, said):
        name, kind = said.get("name"), said.get("type", "text")
        if not name or name in UNFILLED or kind in PRESSED:
            return
        self.form.names.add(name)
        if kind in TICKED:
            self._set(tag, said, "checked", said.get("value", "on") in self.said.get(name, []))
        elif name in self.said:
            self._set(tag, said, "value", self.said[name][0])

    def _select(self, tag, said):
        self.select = said.get("name")
        self.form.names.add(self.select)

    def _option(self, tag, said):
        if self.select in self.said:
            self._set(tag, said, "selected", said.get("value") in self.said[self.select])

    def _textarea(self, tag, said):
        name = said.get("name")
        self.form.names.add(name)
        if name in self.said:
            self.box = name, self.at + len(self.get_starttag_text())

    def _set(self, tag, said, name, value):
        """Write a tag anew with an attribute set; True is its bare name, False is none."""
        attrs = {**said, name: None if value is True else value}
        if value is False:
            del attrs[name]
        written = "".join(f" {key}" if one is None else f' {key}="{escape(one)}"' for key, one in attrs.items())
        self.form.edits.append((self.at, self.at + len(self.get_starttag_text()), f"<{tag}{written}>"))


def filled(page, said, words, notice):
    """Return a page with `said`, {name: values}, in the form it fits best and `notice(names)` before that form.

    `words` names the texts among them; `notice` is told the names that form has. None where no form of the page has a
    field for any of the texts, or of all that was said where there are none.
    """
    wanted = words or said.keys()
    form = max(
        Filling(page, said).forms,
        key=lambda form: (len(form.names & wanted), len(form.names & said.keys())),
        default=None,
    )
    if form is None or not form.names & wanted:
        return None
    start = form.start
    edits = [(start, start, notice(form.names)), (start, start + len("<form"), "<form data-unsaved"), *form.edits]
    for begin, end, text in reversed(edits):
        page = page[:begin] + text + page[end:]
    return page
