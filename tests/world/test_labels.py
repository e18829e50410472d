"""What a form calls a field, the pages that give words back call it too."""

from django.urls import resolve

from forum.lib.web.labels import label_of, labels_at
from tests.world.browsing import forms_of, kind_of
from tests.world.test_bad_input import OPENED, SITE, Everybody

BOXES = ("text", "email", "url")
NO_WORDS = ("website", "code", "first", "last")
ANYWHERE = {"admin:keep"}  # takes what stands in any form of the desk
SHORTER = {("account_email", "email")}  # “New e-mail address” is given back as “E-mail address”


def boxes_of(form):
    """Return pairs of a text box's name and what stands above it."""
    page = form.element.getroottree().getroot()
    for name, field in form.fields:
        if kind_of(field) in BOXES and name.rpartition("-")[2] not in NO_WORDS:
            (label,) = page.xpath("//label[@for=$id]", id=field.get("id"))
            yield name, " ".join(label.text_content().split()).removesuffix(" optional").removesuffix(":")


def test_each_text_is_given_back_under_the_label_of_its_field(world, cast):
    everybody, seen = Everybody(world, cast), {}
    for name, address in SITE.items():
        if OPENED[name][everybody.who_opens(name)] != "200":
            continue
        for form in forms_of(everybody.opens(name).content, address.path(world.arguments(address))):
            match = resolve(form.target)
            if match.view_name not in ANYWHERE:
                labels = labels_at(match)
                seen |= {(match.view_name, name): (label, label_of(name, labels)) for name, label in boxes_of(form)}
    assert {place for place, (above, given_back) in seen.items() if above != given_back} == SHORTER
    assert seen["contact", "text"][0] == "Your message"
    assert len(seen) > 120
