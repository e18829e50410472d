"""What a copy of all that is kept about a person has of her pieces and her messages."""

from articles.models import Author, Kept, Message, SafetyRequest, Submission
from articles.permissions import is_author
from articles.standing import Standing
from articles.story import story
from forum.lib.text.markdown import markdown


def give(copy):
    """Put her pieces, with her files, and what she wrote to the editors, into the copy."""
    person = copy.person
    pieces = list(Submission.objects.by_author(person).for_copy())
    copy.add("Your pieces", [_piece(piece, person) for piece in pieces])
    for piece in pieces:
        _attach(copy, piece, person)
    copy.add("Your pages as an author", map(_author, Author.objects.filter(user=person)))
    copy.add("What you asked for your safety", map(_request, SafetyRequest.objects.filter(asker=person)))
    copy.add("Your messages to the editors", map(_message, Message.objects.of(person)))
    copy.add("What you typed at the desk and did not send", map(_kept, Kept.objects.of(person)))


def _piece(piece, person):
    """Return what every author reads of a piece, and to the one who sent it in what is between her and the editors."""
    return {**_shared(piece, person), **(_hers(piece) if is_author(person, piece) else {})}


def _shared(piece, person):
    return {
        "title": piece.title,
        "where_it_stands": Standing(piece, person).sentence,
        "begun_at": piece.begun_at,
        "standfirst": piece.standfirst,
        "words": piece.words,
        "authors": [{"name": line.name, "biography": line.biography} for line in piece.bylines.all()],
        "what_happened": [{"at": one.at, "what": one.sentence, "note": one.note} for one in story(piece, person)],
        "approved": [{"at": signed.at} for signed in piece.sign_offs.all() if signed.by_id == person.pk],
    }


def _hers(piece):
    return {
        "declared": [{"question": d.question, "answer": d.said, "words": d.words} for d in piece.declarations.all()],
        "files": [{"name": one.name, "at": one.at, "title": one.title} for one in piece.uploads.all()],
        "letters": [_letter(letter) for letter in piece.letters.all()],
        "notes_for_you": [_note(note) for note in piece.author_notes.all() if note.left_at and not note.withdrawn_at],
    }


def _note(note):
    return {"beside": note.beginning, "words": note.text, "at": note.left_at}


def _letter(letter):
    points = [
        {"asked": point.text, "answer": point.get_answer_display(), "words": point.words}
        for point in letter.points.all()
    ]
    return {"about": letter.about, "from": "you" if letter.is_from_author else "the editors", "at": letter.at,
            "words": letter.text, "points": points}  # fmt: skip


def _attach(copy, piece, person):
    folder = f"pieces/{piece.code}"
    whole = [f"# {piece.title}", piece.standfirst, ", ".join(line.name for line in piece.bylines.all())]
    copy.attach(f"{folder}.md", "\n\n".join(filter(None, [*whole, markdown(piece.body)])))
    for upload in piece.uploads.all():
        if is_author(person, piece) and upload.by_id in (person.pk, None):
            copy.attach(f"{folder}/{upload.pk}.docx", upload.file)
    for picture in piece.pictures.all():
        copy.attach(f"{folder}/picture-{picture.key}", picture.original)


def _author(author):
    return {"name": author.name, "address": author.get_absolute_url(), "biography": author.biography,
            "affiliation": author.affiliation, "link": author.link}  # fmt: skip


def _request(asked):
    return {"about": asked.submission.title, "asked_for": asked.get_kind_display(), "name": asked.name,
            "words": asked.text, "at": asked.asked_at, "where_it_stands": asked.label,
            "answer": asked.answer_text}  # fmt: skip


def _kept(kept):
    return {"at": kept.at, "page": kept.place, "fields": [kept.said]}


def _message(message):
    return {"kind": message.get_kind_display(), "at": message.sent_at, "name": message.name, "words": message.text,
            "answer": message.answer_text}  # fmt: skip
