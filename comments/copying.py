"""What a copy of all that is kept about a person has of her part in the discussions."""

from comments.models import Appeal, Comment, Follow, MailChoice, Mute, Report, Respect, Ruling, Trust, Visit


def give(copy):
    """Put what she wrote, reported and chose, and what was decided about her, into the copy."""
    person = copy.person
    copy.add("Your comments", map(_comment, Comment.objects.by_writer(person).prefetch_related("revisions")))
    decided = Ruling.objects.against(person).exclude(statement="")
    copy.add("Decisions about your comments and you", map(_ruling, decided))
    objections = Appeal.objects.filter(objector=person).for_desk().prefetch_related("events")
    copy.add("Your objections", map(_appeal, objections))
    copy.add("Your reports", map(_report, Report.objects.of(person)))
    copy.add("What you found well argued", map(_regard, Respect.objects.by_member(person)))
    copy.add("Whom you do not read", [{"name": mute.name} for mute in Mute.objects.by_member(person)])
    copy.add("Discussions you follow", map(_follow, Follow.objects.by_member(person)))
    copy.add("How far you have read", map(_visit, Visit.objects.by_member(person)))
    copy.add("Mail about answers", [{"how_often": MailChoice.of(person).get_how_often_display()}])
    copy.add("Comments that need not wait", [{"since": trust.at} for trust in Trust.objects.filter(user=person)])


def _comment(comment):
    wordings = [{"at": wording.at, "words": wording.text} for wording in comment.revisions.all()]
    return {"on": comment.discussion.article.edition.title, "address": comment.get_absolute_url(), "name": comment.name,
            "written_at": comment.written_at, "where_it_stands": comment.fate, "wordings": wordings}  # fmt: skip


def _ruling(ruling):
    return {"at": ruling.at, "statement": ruling.statement, "until": ruling.until}


def _appeal(appeal):
    return {"at": appeal.submitted_at, "words": appeal.words, "where_it_stands": appeal.label, "answer": appeal.answer}


def _report(report):
    return {"at": report.at, "reason": report.get_reason_display(), "words": report.words,
            "about_the_words": report.revision.text, "receipt": report.get_absolute_url()}  # fmt: skip


def _regard(respect):
    return {"comment": respect.comment.get_absolute_url(), "at": respect.at}


def _follow(follow):
    return {"piece": follow.discussion.article.edition.title, "since": follow.at}


def _visit(visit):
    return {"piece": visit.discussion.article.get_absolute_url(), "up_to": f"#{visit.number}"}
