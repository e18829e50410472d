"""A text as Markdown, for whoever takes it along."""

from markdownify import ATX, MarkdownConverter


class _Written(MarkdownConverter):
    """Footnotes stand in the sentence as `[^1]`, their words at the end."""

    def __init__(self):
        marks = {"strong_em_symbol": "*", "sub_symbol": "<sub>", "sup_symbol": "<sup>"}
        super().__init__(heading_style=ATX, bullets="-", newline_style="BACKSLASH", **marks)
        self.notes = []

    def convert_span(self, node, text, parent_tags):
        if "footnote" not in node.get("class", []):
            return text
        self.notes.append(text.strip())
        return f"[^{len(self.notes)}]"


def markdown(body):
    """Return the Markdown of a body."""
    written = _Written()
    text = written.convert(body).strip()
    notes = [f"[^{number}]: {note}" for number, note in enumerate(written.notes, 1)]
    return "\n\n".join([text, *notes]) + "\n"
