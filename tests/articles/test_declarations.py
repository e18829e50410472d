"""What an author declares: kept with the policy she read, shown to the desk, and partly printed."""

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

from articles import migrations
from articles.declarations import BY_KEY, undeclared
from articles.models import Submission
from articles.models.private.declaration import Declaration
from forum.lib.moves import Refused
from tests import makers

SAID = {
    **makers.DECLARED,
    "interests": (["yes"], "My aunt owns the port."),
    "ai": (["language", "drafting"], "It wrote the second paragraph; I checked each sentence."),
    "coursework": (["unknown"], "Sea law, Sarajevo."),
}
PRINTED = [
    {"about": "Interests and funding", "said": "My aunt owns the port."},
    {
        "about": "Use of AI",
        "said": "To correct the language, to draft parts of the text. "
        "It wrote the second paragraph; I checked each sentence.",
    },
]


def test_readers_are_told_what_its_author_approved_and_nothing_else(sami, edith, maggie, client):
    article = makers.an_article(sami, edith, maggie, said=SAID)
    assert article.submission.declarations.printed() == PRINTED
    assert article.edition.declarations == PRINTED
    article.amend(by=edith, change="clarification", note="We say who signed.", title="A promise by day")
    article.submission.declarations.update(words="Something else.")
    for place in ("", "print/"):
        text = client.get(article.get_absolute_url() + place).text
        assert "My aunt owns the port." in text
        assert "It wrote the second paragraph; I checked each sentence." in text
        assert "Sea law" not in text
        assert "Something else." not in text


def test_the_policy_stays_as_its_author_read_it(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    piece.declarations.filter(key="ai").update(policy="As we put it in May.", words="Nothing at all.")
    desk = signed_in(edith).get(f"/admin{piece.get_absolute_url()}").text
    assert "As we put it in May." in desk
    assert "Nothing at all." in desk


def test_who_declares_anew_has_read_the_policy_as_it_is_now(sami):
    draft = makers.a_draft(sami)
    first = draft.declarations.by_key()["ai"].at
    Declaration.keep(draft, by=sami, said=makers.DECLARED)
    assert draft.declarations.by_key()["ai"].at == first
    draft.declarations.filter(key="ai").update(policy="As we put it in May.")
    Declaration.keep(draft, by=sami, said=makers.DECLARED)
    assert draft.declarations.by_key()["ai"].policy == BY_KEY["ai"].policy
    assert draft.declarations.by_key()["ai"].at > first


def test_what_was_declared_is_part_of_what_is_approved(sami, edith, maggie):
    piece = makers.a_ready(sami, edith)
    piece.declarations.filter(key="elsewhere").update(answer="yes")
    with pytest.raises(Refused, match="differs from the one its author approved"):
        Submission.objects.get(pk=piece.pk).publish(by=maggie)


def test_nobody_declares_for_the_author(sami, edith):
    piece = makers.an_accepted(sami, edith)
    with pytest.raises(PermissionDenied):
        Declaration.keep(piece, by=edith, said=SAID)
    assert not piece.declarations.printed()[1:]


def test_the_desk_is_told_what_needs_a_second_look(sami, edith, signed_in):
    draft = makers.a_submitted(sami, said={**SAID, "elsewhere": (["yes"], "The Harbour Review.")})
    assert draft.declarations.second_looks() == [
        "It is with another publication at the same time.",
        "Its author has an interest in it, or was funded.",
        "AI drafted parts of the text.",
        "It is coursework, and the institution does not know that it was sent in.",
    ]
    desk = signed_in(edith).get(f"/admin{draft.get_absolute_url()}").text
    assert "The Harbour Review." in desk
    assert "AI drafted parts of the text." in desk


def test_pictures_are_asked_about_where_there_are_some(sami):
    draft = makers.a_draft(sami)
    assert undeclared(draft) == []
    draft.write(by=sami, version=draft.version, body=f'{draft.body}<figure data-picture="{"a" * 20}"></figure>')
    assert undeclared(draft) == ["whether we may print the pictures"]
    Declaration.keep(draft, by=sami, said={"figures": (["permitted"], "")})
    assert undeclared(draft) == ["whether we may print the pictures"]
    Declaration.keep(draft, by=sami, said={"figures": (["permitted"], "Ana Kos, by letter.")})
    assert undeclared(draft) == []


def test_what_was_declared_in_the_old_form_keeps_its_words():
    (moved,) = Path(migrations.__path__[0]).glob("*_declarations_moved.py")
    rows_of = import_module(f"articles.migrations.{moved.stem}").rows_of
    told = SimpleNamespace(is_original=True, conflict="My aunt signed it.", ai_use="", ai_note="Not sure yet.")
    assert [(key, answer, words) for key, _, answer, _, words in rows_of(told)] == [
        ("original", "new", ""),
        ("interests", "yes", "My aunt signed it."),
        ("ai", "", "Not sure yet."),
    ]
