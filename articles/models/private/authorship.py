"""The part of a submission that is about its authors."""

from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from articles import promises
from articles.eligible import is_written_by, stays_out
from articles.models.private.awaiting import printed_names
from articles.models.private.byline import Consent
from articles.models.private.declaration import Declaration
from articles.models.private.invitation import Invitation
from articles.models.private.renaming import put_everywhere
from articles.models.public.article import Article
from articles.permissions import is_author
from articles.signing import BY_HAND, content_of, digest_of
from forum.lib.moves import Refused

CONSENT = "I agree that this piece is printed and read under the name and with the lines above."
ANSWERS = {"consent": Consent.YES, "refuse": Consent.NO, "take_name_off": Consent.NO}


def co_authors(piece):
    """Return the people beside its author who agreed to be printed, or whose page in print leads to them."""
    agreed = piece.bylines.filter(consent=Consent.YES)
    linked = piece.bylines.filter(consent="").exclude(author__user=None)
    people = User.objects.filter(Q(pk__in=agreed.values("person")) | Q(pk__in=linked.values("author__user")))
    return people.exclude(pk=piece.corresponding_author_id).order_by("pk")


def agreement(piece):
    """Return who has agreed, by their keys, and to what."""
    return {"agreed": sorted(person.pk for person in co_authors(piece)), "title": str(piece)}


def agreement_before(piece):
    """Return who had agreed to what when its author took the piece back last: changes of a draft tell nobody."""
    taken_back = piece.events.filter(verb="take_back", detail__has_key="agreed").last()
    return taken_back.detail if taken_back else {"agreed": [], "title": ""}


def _said_before(piece, person, by):
    """Return what somebody need not be asked; who is taken off and named again gets no second mail."""
    if person == piece.corresponding_author:
        return Consent.YES
    asked = piece.events.filter(verb="ask_consent", detail__to=person.pk).exists()
    if not asked or not is_author(by, piece):
        return ""
    answer = piece.events.filter(verb__in=ANSWERS, actor=person).last()
    return ANSWERS[answer.verb] if answer else Consent.ASKED


def _newer(piece):
    """Return what makes an editor's open form about the authors stale; until it is accepted nobody has one."""
    return {"version": F("version") + 1} if piece.state.accepted else {}


def _check_identity(pieces, by, invited):
    """Refuse that somebody is `by` where she has a part already in what somebody was invited to."""
    if any(is_written_by(by, piece) for piece in pieces):
        raise Refused("You are one of the authors of this piece already. Tell the editors by answering the mail.")
    if pieces.filter(editor=by).under_way().exists():
        raise Refused("You are handling this piece. Have it given to another editor first.")
    if pieces.with_guest(invited).close_to(by).exists():
        raise Refused("You are too close to this piece to decide on it. Tell the editors by answering the mail.")


class Authorship:
    """Who wrote a piece: named, asked, agreed, let in by a link, printed, and printed under another name."""

    def credit(self, *, by, version, bylines):
        """Set who is printed as author: (key or None, name, biography, address if any) in the order of print."""
        with self.rewriting(by=by, version=version):
            agreed, left = agreement(self), self.bylines.put(bylines)
            self.ask_co_authors(by=by)
            self.take_off(by=by, **agreed)
            self.bylines.name_authors()
            if stays_out(by, self):
                raise Refused("You named yourself. Have the piece given to another editor first.")
            left.without_any_piece().delete()

    def ask_co_authors(self, *, by):
        """Ask whoever was named by her address, and has not been asked, whether she agrees to be printed."""
        for byline, person in self.bylines.invite(by=by):
            if said := _said_before(self, person, by):
                byline.know(person, said)
                continue
            with self.moving("ask_consent", by=by, detail={"to": person.pk}):
                byline.know(person, Consent.ASKED)
                Invitation.to(self, person)

    def take_off(self, *, by, agreed, title):
        """Let those hear of it who had agreed, by their keys, to a piece of this title and are no longer named."""
        named = set().union(*(byline.people for byline in self.bylines.exclude(consent=Consent.NO)))
        for person in sorted(set(agreed) - named):
            with self.moving("take_off", by=by, detail={"to": person, "title": title}):
                pass

    def consent(self, *, by, biography, name=""):
        """Agree, as a co-author, to be printed as one with these lines, under this name or as she was named."""
        detail = {"consent": CONSENT}
        with self.moving("consent", by=by, detail=detail, also=_newer(self)):
            self.bylines.filter(person=by).update(consent=Consent.YES)
            self.bylines.reprint(by, name=name, biography=biography)
            detail["digest"] = digest_of(self)

    def change_byline(self, *, by, name, biography):
        """Correct, as a co-author who has agreed, how she is printed."""
        note = "\n".join(filter(None, [name, biography]))
        with self.moving("change_byline", by=by, note=note, also=_newer(self)):
            self.bylines.reprint(by, name=name, biography=biography)

    @transaction.atomic
    def identify(self, *, by, invitation):
        """Say, by the personal link of somebody who has no account, that she is `by`: what was hers is theirs now."""
        invited = invitation.person
        type(self).objects.naming(invited).lock()
        with self.moving("identify", by=by):
            is_open = invitation.is_open and invitation.submission_id == self.pk
            if not (is_open and User.objects.locked(invited)):
                raise Refused("This link is not for somebody without an account. Sign out, then open it once more.")
            _check_identity(type(self).objects.filter(invitations__person=invited), by, invited)
            by.take_over(invited)

    def refuse(self, *, by, note=""):
        """Say, as one named as co-author, that this is not me or that I do not agree."""
        with self.moving("refuse", by=by, note=note):
            self.bylines.filter(person=by).update(consent=Consent.NO, author=None)

    def take_name_off(self, *, by, note=""):
        """Leave a piece that is approved or about to be: its authors as printed change, so no approval holds."""
        detail = {}
        with self.moving("take_name_off", by=by, note=note, detail=detail):
            detail["name"] = printed_names(self)[by.pk]
            self.bylines.filter(person=by).update(consent=Consent.NO, author=None)
            self.sign_offs.void()
            self.promise(promises.proof(), **BY_HAND)

    def declare(self, *, by, byline, about, declarations):
        """Agree to be printed, and declare about a commissioned piece what others declare when they submit."""
        detail = {"consent": CONSENT}
        with self.moving("declare", by=by, detail=detail, also={"version": F("version") + 1}):
            self.record(**about)
            Declaration.keep(self, by=by, said=declarations)
            self.bylines.print_first(**byline)
            self.bylines.name_authors()
            detail["digest"] = digest_of(self)

    def send_link(self, *, by, to):
        """Send somebody invited to this piece a new personal link; every earlier one ends."""
        with self.moving("send_link", by=by, detail={"to": to.pk}):
            Invitation.renew_for(self, to)

    def rename(self, *, by, name, biography=""):
        """Print it under another name, a `NewName`, in all that was ever written about it; approvals go on to hold."""
        approved = digest_of(self)
        with self.moving("rename", by=by, also={"version": F("version") + 1}):
            put_everywhere(self, name, biography)
            self.refresh_from_db()
            self.sign_offs.filter(digest=approved).update(digest=digest_of(self), content=content_of(self))
            if article := Article.objects.filter(submission=self).first():
                article.rename(by=by, name=name)
