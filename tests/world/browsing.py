"""The forms of a page as a browser sends them."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html

from tests.opened import said


@dataclass(frozen=True)
class Form:
    """A form that posts: where to, its element, and the button that is pressed."""

    target: str
    element: html.FormElement
    button: html.HtmlElement

    @property
    def sent(self):
        """Return what a browser sends, each name with all its values."""
        name = self.button.get("name")
        return said(self.element) | ({name: [self.button.get("value", "")]} if name else {})

    @property
    def fields(self):
        """Return pairs of name and field; radios and boxes of one name are one."""
        return [(name, self.element.inputs[name]) for name in self.element.inputs.keys()]  # noqa: SIM118


def kind_of(field):
    """Return what a field is: text, select, radio, checkbox, hidden, date …"""
    if isinstance(field, (html.RadioGroup, html.CheckboxGroup)):
        return "radio" if isinstance(field, html.RadioGroup) else "checkbox"
    return {"textarea": "text", "select": "select"}.get(field.tag) or field.get("type", "text")


def choices_of(field):
    """Return what can be chosen in a field."""
    if kind_of(field) in ("select", "radio"):
        return field.value_options
    elements = field if isinstance(field, html.CheckboxGroup) else [field]
    return [element.get("value", "on") for element in elements]


def forms_of(page, path):
    """Return the forms of a page that post, once for each address that one of their buttons leads to."""
    found = {}
    for form in html.fromstring(page.decode()).forms if b"<form" in page else []:
        buttons = form.xpath(".//button | .//input[@type='submit']") if form.method == "POST" else []
        for button in sorted(buttons, key=lambda button: button.get("name") is not None):
            to = button.get("formaction") or form.get("action") or path
            target = urlsplit(urljoin(path, to)).path
            found.setdefault(target, Form(target, form, button))
    return list(found.values())
