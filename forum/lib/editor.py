"""Rich text in a form: an editor where scripts run, a plain box where they do not, cleaned the same way.

A page that shows one is decorated with `forum.lib.web.csp.editor` and prints `{% editor_media form %}`; in the
admin, `EditorAdmin` does both.
"""

import re

from django import forms
from django.utils.html import strip_tags
from js_asset import ImportMap, Media, Script

from forum.lib.text.prose import BodyField, clean, paragraphs

MODULES = {
    "django-prose-editor/editor": "django_prose_editor/editor.js",
    "forum/footnote": "js/footnote.js",
    "forum/kept": "js/kept.js",
    "forum/paste": "js/paste.js",
}
STYLES = [
    "django_prose_editor/material-icons.css",
    "django_prose_editor/editor.css",
    "css/components/editor.css",
]
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLOCKS = "p|h[1-6]|ul|ol|blockquote|table|figure|pre|div"
_LOOSE = re.compile(rf"(\A|</(?:{_BLOCKS})>)([^<]*(?:<(?!/?(?:{_BLOCKS})\b)[^<]*)*)", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_BETWEEN_BLOCKS = re.compile(rf"(</(?:{_BLOCKS})>)(?=<(?:{_BLOCKS})\b)")
_PICTURE = re.compile(r"<(figure|hr)\b")


class EditorWidget(forms.Textarea):
    """A textarea that `static/js/editor.js` turns into the editor."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 20, "data-editor": "", **(attrs or {})})

    @property
    def media(self):
        script = Script("js/editor.js", type="module")
        return Media(css={"all": STYLES}, js=[script], importmap=ImportMap(MODULES))

    def format_value(self, value):
        """Set the blocks apart, for whoever reads them in the plain box."""
        value = super().format_value(value)
        return value and _BETWEEN_BLOCKS.sub(r"\1\n\n", value)

    def use_required_attribute(self, initial):
        """Say no: the browser would complain about a field that the editor has hidden."""
        return False


class BodyEditor(forms.CharField):
    """A body as cleaned HTML; text outside its blocks becomes paragraphs at its blank lines."""

    widget = EditorWidget

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("help_text", "Without the toolbar, leave an empty line between paragraphs.")
        super().__init__(*args, **kwargs)

    def widget_attrs(self, widget):
        """Set no `maxlength`: a browser would cut a pasted manuscript short without a word."""
        return {}

    def to_python(self, value):
        value = super().to_python(value)
        if self.max_length is not None and len(value) > self.max_length:
            return value  # refused next, for its length: cleaning it first could take half a minute
        body = clean(_with_breaks(value) if _TAG.search(value) else paragraphs(value))
        return body if strip_tags(body).strip() or _PICTURE.search(body) else ""

    def has_changed(self, initial, data):
        return not self.disabled and self.to_python(initial) != self.to_python(data)


def _with_breaks(html):
    """Turn the line ends of text that stands in no block into breaks; cleaning makes two of them a paragraph."""

    def broken(found):
        parts = re.split(r"(<[^<>]*>)", found[2].strip())
        parts[::2] = [_BLANK_LINES.sub("<br><br>", part).replace("\n", "<br>") for part in parts[::2]]
        return found[1] + "".join(parts)

    return _LOOSE.sub(broken, html.replace("\r\n", "\n"))


class EditorAdmin:
    """Mix into a ModelAdmin: every BodyField is written in the editor."""

    formfield_overrides = {BodyField: {"form_class": BodyEditor, "widget": EditorWidget}}

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = with_nonce(context["media"], request)
        return super().render_change_form(request, context, *args, **kwargs)


def with_nonce(media, request):
    """Return a form's media whose import map the page's policy will let pass."""
    return Media.from_media(media, nonce=str(request.csp_nonce))
