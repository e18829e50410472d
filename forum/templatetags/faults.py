"""What is wrong with the forms of a page: its title says so, and one list above everything leads to the fields.

The pattern is that of the GOV.UK Design System (error summary); WCAG 2.2, criteria 3.3.1 and 4.1.3.
"""

from dataclasses import dataclass

from django import template
from django.contrib.admin.helpers import AdminForm
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet

register = template.Library()

INCOMPLETE = "Something that belongs to this page was missing when you sent it. Open the page once more."


@dataclass(frozen=True)
class Fault:
    """One complaint, and the `id` of the field it is about, or ""."""

    words: str
    field: str = ""


@dataclass(frozen=True)
class Faults:
    """All complaints about the forms of a page; `takes_focus` unless the one field they are about takes it."""

    found: list[Fault]
    takes_focus: bool


@register.simple_tag(takes_context=True)
def faults(context):
    """Return the Faults of this page, or None where every form in its context is in order."""
    forms = list({id(form): form for value in context.flatten().values() for form in _sent(value)}.values())
    fields = [field for form in forms if isinstance(form, BaseForm) for field in form if field.errors]
    found = [Fault(words) for form in forms for words in _of_whole(form)]
    found += [fault for field in fields for fault in _of_field(field)]
    is_asked = len(found) == 1 and fields and "autofocus" in fields[0].field.widget.attrs
    return Faults(list(dict.fromkeys(found)), not is_asked) if found else None


def _sent(value):
    """Yield the forms that were sent in what a page shows; it goes by the class, so that nothing lazy is fetched."""
    kind = type(value)
    if issubclass(kind, BaseForm | BaseFormSet) and value.is_bound:
        yield value
    if issubclass(kind, AdminForm):
        yield from _sent(value.form)
    is_list = kind in (list, tuple) or issubclass(kind, BaseFormSet)  # a tuple with names holds values
    parts = value if is_list else value.asked_forms if _asks(kind) else ()
    for part in parts:
        yield from _sent(part)


def _asks(kind):
    """Say whether something that is no form shows some, as a Proof does."""
    return hasattr(kind, "asked_forms")


def _of_whole(form):
    return form.non_form_errors() if isinstance(form, BaseFormSet) else form.non_field_errors()


def _of_field(field):
    """Return the complaints about one field; one that nobody can see leads nowhere."""
    if field.is_hidden:
        stock = any(error.code for error in field.errors.as_data())
        return [Fault(words) for words in ([INCOMPLETE] if stock else field.errors)]
    label = field.label if field.label.endswith(("?", ".")) else f"{field.label}:"
    return [Fault(f"{label} {words}", field.id_for_label or _part(field, words)) for words in field.errors]


def _part(field, words):
    """Return the `id` of the part that a complaint is about, as of a day and an hour; or of the first."""
    parts = getattr(field.field, "fields", ())
    wrong = (number for number, part in enumerate(parts) if words in part.error_messages.values())
    return f"{field.auto_id}_{next(wrong, 0)}"
