"""A form as somebody has it open in her browser: every field with what it holds."""

from lxml import html


def opened(browser, address, field="seen"):
    """Open a page and return what its form would send: that one of its forms in which this field stands."""
    return fields_of(browser.get(address), field)


def fields_of(response, field="seen"):
    """Return what the form on this page would send, each name with all its values."""
    (form,) = [form for form in html.fromstring(response.content).forms if field in form.fields]
    return said(form)


def said(form):
    """Return what a form would send, each name with all its values."""
    fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value.removeprefix("\n"))  # as browsers read a textarea
    return fields


def as_now(thing):
    """Return what a form opened this moment says of the thing it is about: its turn."""
    return {"seen": type(thing)._base_manager.get(pk=thing.pk).turn}


def seen(browser, address):
    """Return the mark of the form at this address, as it is now."""
    return {"seen": opened(browser, address)["seen"]}
