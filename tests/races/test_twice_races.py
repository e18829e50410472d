"""A button that is pressed twice at once: one of the two sends, the other says that it has arrived."""

from uuid import uuid4

import pytest

from articles.models import Message, StaffNote, Submission
from forum.lib.moves import Guest
from tests import makers
from tests.races.together import refused, together

WORDS = "雾笛不是多余的东西。"


def test_a_readers_message_pressed_twice_at_once_is_one_with_one_receipt(db):
    said = {"by": Guest("ines@example.org"), "kind": "contact", "text": WORDS, "key": uuid4()}
    first, second = together(*[lambda: Message.send(**said)] * 2)
    assert first == second == Message.objects.get()


@pytest.mark.parametrize("verb", [Submission.write_editor, StaffNote.write])
def test_words_beside_a_piece_pressed_twice_at_once_are_sent_once(verb, sami, edith):
    piece = makers.in_review(sami, edith)
    said = {"by": sami, "letter": WORDS} if verb == Submission.write_editor else {"by": edith, "text": WORDS}
    outcomes = together(*[lambda: verb(Submission.objects.get(pk=piece.pk), **said)] * 2)
    assert len(refused(outcomes)) == 1
    assert piece.letters.count() + piece.staff_notes.count() == 1


def test_a_commission_pressed_twice_at_once_is_one_piece(edith):
    said = {"by": edith, "email": "nina@example.net", "name": "Nina Novak", "title": "At noon", "body": makers.BODY}
    outcomes = together(*[lambda: Submission.commission(**said)] * 2)
    assert (len(refused(outcomes)), Submission.objects.count()) == (1, 1)
