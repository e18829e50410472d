from dataclasses import replace

from django.db import transaction
from django.db.models import F

from accounts.models import User
from articles import promises
from articles.models.author import Author, Byline
from articles.models.co_authors import CONSENT
from articles.models.declaration import Declaration
from articles.models.invitation import Invitation
from forum.lib.again import refuse_again
from forum.lib.moves import Moving, Refused

HOUSE = {"name": "The Editors", "biography": "The editors of this magazine."}


class Inviting(Moving):
    """The verbs for people who act by a personal link: asked for, asked to decide, written to again."""

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def commission(cls, *, by, email, name, title, co_authors=(), house=False, word=None, **text):
        """Start an accepted piece that somebody was asked for; one of the `house` has no name on it but hers."""
        named = {address: name for name, address in co_authors} | {email: name}
        author = User.objects.invite_all(named, by=by)[email]
        same = {"title": title or (word and word.conversion.title), "corresponding_author": author, "editor": by}
        refuse_again(cls.objects.filter(**same), at="begun_at")
        with cls.making("commission", by=by, corresponding_author=author, editor=by) as piece:
            printed = {**HOUSE, "author": Author.called(**HOUSE)} if house else {"name": name}
            Byline.objects.create(submission=piece, **printed)
            piece.name_co_authors(co_authors)
            piece.set_text(title=title, **text)
            piece.record(**piece.text(), html=piece.html, words=piece.words)
            piece.promise(promises.proof())
            if word:
                conversion = replace(word.conversion, title=title or word.conversion.title)
                piece.upload(by=by, **{**vars(word), "conversion": conversion})
            piece._name_authors()
            piece.keep_revision(by=by, verb="commission")
            piece.invite(author)
        piece.ask_co_authors(by=by)
        return piece

    def declare(self, *, by, byline, about, declarations):
        """Agree to be printed, and declare about a commissioned piece what others declare when they submit."""
        detail = {"consent": CONSENT}
        with self.moving("declare", by=by, detail=detail, also={"version": F("version") + 1}):
            self.record(**about)
            Declaration.keep(self, by=by, said=declarations)
            self.set_first_byline(**byline)
            self._name_authors()
            detail["digest"] = self.digest()

    @transaction.atomic
    def ask_guest(self, *, by, name, email):
        """Ask somebody to decide as a guest, because everybody at the desk is too close."""
        type(self).objects.filter(pk=self.pk).hold()
        guest = User.objects.invite(email, name, by=by)
        hands = {"to": guest.pk, "from": self.editor_id}
        with self.moving("ask_guest", by=by, also={"editor": guest, "guest": guest}, detail=hands):
            if self.is_conflicted(guest) or guest == by:
                raise Refused(f"{guest.name} is too close to this piece. Ask somebody else.")
            self.invite(guest).renew()
            self.promise(promises.decision())

    def send_link(self, *, by, to):
        """Send somebody invited to this piece a new personal link; every earlier one ends."""
        with self.moving("send_link", by=by, detail={"to": to.pk}):
            invitation = self.invitations.filter(person=to).first()
            if invitation is None or not self.is_open_to(to):
                raise Refused(f"{to} has nothing to do with this piece any more.")
            invitation.renew()

    def invite(self, person):
        """Let somebody act on this piece by personal links."""
        return Invitation.objects.get_or_create(submission=self, person=person)[0]

    def is_open_to(self, person):
        """Say whether somebody invited still has a part in this piece."""
        decides = self.is_with_guest(person) and self.state.handled and self.state.undecided
        return decides or self.is_written_by(person)

    @property
    def was_commissioned(self):
        """Whether an editor asked for it; then nobody sent it in and declared anything at first."""
        return self.events.filter(verb="commission").exists()

    @property
    def is_declared(self):
        """Whether its author has agreed and declared since it was commissioned."""
        return self.events.filter(verb="declare").exists()
