"""What was declared in four columns becomes rows, with the questions as they read then.

Under those questions "What you declared stays with the editors", so nothing is printed under a piece that is public
already; a piece still under way shows in its proof what will be printed, and is approved again with it.
"""

from django.db import migrations

ORIGINAL = "I wrote this piece myself, and it has not been published before."
INTERESTS = "Does anybody in it pay you, employ you, or have any other claim on you?"
AI = "How did you use AI?"
NO_CONFLICT = "None."
USES = {
    "none": "Not at all",
    "language": "To correct the language",
    "research": "To find sources or ideas",
    "drafting": "To draft parts of the text",
    "images": "To make pictures",
}


def rows_of(piece):
    """Return what a piece's four columns declare: key, question, answer, the answer in words, words."""
    if piece.is_original:
        yield "original", ORIGINAL, "new", "Yes", ""
    if piece.conflict == NO_CONFLICT:
        yield "interests", INTERESTS, "no", "No, I have no conflict of interest", ""
    elif piece.conflict:
        yield "interests", INTERESTS, "yes", "Yes, as I say below", piece.conflict
    if piece.ai_use or piece.ai_note:
        yield "ai", AI, piece.ai_use, USES.get(piece.ai_use, ""), piece.ai_note


def move(apps, schema_editor):
    Submission, Declaration = (apps.get_model("articles", name) for name in ("Submission", "Declaration"))
    for piece in Submission.objects.defer("body", "html").iterator(500):
        Declaration.objects.bulk_create(
            Declaration(
                submission=piece,
                key=key,
                question=question,
                answer=answer,
                said=said,
                words=words,
                at=piece.written_at,
            )
            for key, question, answer, said, words in rows_of(piece)
        )


def move_back(apps, schema_editor):
    Submission, Declaration = (apps.get_model("articles", name) for name in ("Submission", "Declaration"))
    for told in Declaration.objects.iterator(500):
        piece, first = Submission.objects.filter(pk=told.submission_id), told.answer.split(" ")[0]
        if told.key == "original":
            piece.update(is_original=told.answer == "new")
        if told.key == "interests":
            piece.update(conflict=told.words or (NO_CONFLICT if told.answer == "no" else ""))
        if told.key == "ai":
            piece.update(ai_use=first, ai_note=told.words)


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_desk_begins")]

    operations = [migrations.RunPython(move, move_back)]
