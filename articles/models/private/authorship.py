"""The part of a submission that is about its authors."""

from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from articles import promises
from articles.eligible import is_written_by, stays_out
from articles.models.private.awaiting import printed_names
from articles.models.private.byline import Byline, Consent
from articles.models.private.declaration import Declaration
from articles.models.private.invitation import Invitation
from articles.models.private.renaming import put_everywhere
from articles.models.public.article import Article
from articles.models.public.author import Author, PrintedByline
from articles.permissions import is_author
from articles.signing import content_of, digest_of
from forum.lib.moves import Moving, Refused

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


def _author(before, name, biography):
    """Return whose page a name leads to; another name leads to a page of its own, so that a pen name hides."""
    author = before and before.author
    if author and before.name == name:
        return author
    return Author.called(name, user=author and author.user, biography=biography)


def _behind(before, printed, address=None):
    """Return who stands behind a printed name; somebody at a new address is asked first and linked to nobody.

    Taking the address away does not take back what she said: whoever leaves is taken off the list.
    """
    old = before.email if before else ""
    if address and address != old:
        return {"email": address, "author": None}
    known = {"person": before.person, "consent": before.consent} if before else {}
    author = None if known.get("consent") == Consent.NO else _author(before, printed["name"], printed["biography"])
    return {"email": old if known else "", "author": author, **known}


class Authorship(Moving):
    """Who wrote a piece: named, asked, agreed, let in by a link, printed, and printed under another name."""

    class Meta:
        abstract = True

    def name_co_authors(self, named):
        """Set who is named beside the first author: pairs of name and address; answers given stay."""
        before = {byline.email: byline for byline in self.bylines.exclude(email="")}
        if [(byline.name, byline.email) for byline in before.values()] == list(named):
            return
        self.bylines.exclude(email="").delete()
        last = max((byline.order for byline in self.bylines.all()), default=0)
        for order, (name, email) in enumerate(named, last + 1):
            known = before[email].known() if email in before else {}
            Byline.objects.create(submission=self, order=order, name=name, email=email, **known)

    def set_first_byline(self, **printed):
        """Set how the first author is printed; another name leads to another page, so that a pen name hides."""
        first = self.bylines.filter(order=1)
        if "name" in printed:
            first.exclude(name=printed["name"]).update(author=None)
        first.update(**printed)

    def credit(self, *, by, version, bylines):
        """Set who is printed as author: (key or None, name, biography, address if any) in the order of print."""
        with self.rewriting(by=by, version=version):
            before_this = agreement(self)
            before = {byline.pk: byline for byline in self.bylines.select_related("author__user", "person")}
            self.bylines.all().delete()
            for order, (key, name, biography, *address) in enumerate(bylines, 1):
                printed, known = {"order": order, "name": name, "biography": biography}, before.get(key)
                row = {"pk": known.pk if known else None, "submission": self}
                Byline.objects.create(**row, **printed, **_behind(known, printed, *address))
            self.ask_co_authors(by=by)
            self.take_off(by=by, **before_this)
            self._name_authors()
            if stays_out(self, by):
                raise Refused("You named yourself. Have the piece given to another editor first.")
            Author.objects.filter(pk__in={b.author_id for b in before.values()}).without_any_piece().delete()

    def ask_co_authors(self, *, by):
        """Ask whoever was named by her address, and has not been asked, whether she agrees to be printed."""
        unasked = list(self.bylines.unasked())
        people = User.objects.invite_all({byline.email: byline.name for byline in unasked}, by=by)
        for byline in unasked:
            person = people[byline.email]
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
        with self.moving("consent", by=by, detail=detail, also=self._newer()):
            self.bylines.filter(person=by).update(consent=Consent.YES)
            self._set_byline_of(by, name, biography)
            detail["digest"] = digest_of(self)

    def change_byline(self, *, by, name, biography):
        """Correct, as a co-author who has agreed, how she is printed."""
        note = "\n".join(filter(None, [name, biography]))
        with self.moving("change_byline", by=by, note=note, also=self._newer()):
            self._set_byline_of(by, name, biography)

    def _newer(self):
        """Return what makes an editor's open form about the authors stale; until then nobody has one."""
        return {"version": F("version") + 1} if self.state.accepted else {}

    def _set_byline_of(self, person, name, biography):
        """Set how a co-author is printed; another name leads to another page, so that a pen name hides."""
        own = self.bylines.filter(person=person)
        own.update(biography=biography)
        if name and own.exclude(name=name).exists():
            before = list(own.values_list("author", flat=True))
            own.update(name=name, author=None)
            if self.state.accepted:
                self._name_authors()
            Author.objects.filter(pk__in=before).without_any_piece().delete()

    def identify(self, *, by, invitation):
        """Say, by the personal link of somebody who has no account, that she is `by`: what was hers is theirs now."""
        invited = invitation.person
        with transaction.atomic():
            type(self).objects.naming(invited).lock()
            with self.moving("identify", by=by):
                is_open = invitation.is_open and invitation.submission_id == self.pk
                if not (is_open and User.objects.locked(invited)):
                    raise Refused("This link is not for somebody without an account. Sign out, then open it once more.")
                self._check_identity(by, invited)
                by.take_over(invited)

    def _check_identity(self, by, invited):
        pieces = type(self).objects.filter(invitations__person=invited)
        if any(is_written_by(piece, by) for piece in pieces):
            raise Refused("You are one of the authors of this piece already. Tell the editors by answering the mail.")
        if pieces.filter(editor=by).under_way().exists():
            raise Refused("You are handling this piece. Have it given to another editor first.")
        if pieces.with_guest(invited).close_to(by).exists():
            raise Refused("You are too close to this piece to decide on it. Tell the editors by answering the mail.")

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
            self.promise(promises.proof(), publisher=None, publish_at=None)

    def declare(self, *, by, byline, about, declarations):
        """Agree to be printed, and declare about a commissioned piece what others declare when they submit."""
        detail = {"consent": CONSENT}
        with self.moving("declare", by=by, detail=detail, also={"version": F("version") + 1}):
            self.record(**about)
            Declaration.keep(self, by=by, said=declarations)
            self.set_first_byline(**byline)
            self._name_authors()
            detail["digest"] = digest_of(self)

    def send_link(self, *, by, to):
        """Send somebody invited to this piece a new personal link; every earlier one ends."""
        with self.moving("send_link", by=by, detail={"to": to.pk}):
            Invitation.renew_for(self, to)

    def rename(self, *, by, name, biography=""):
        """Print it under another name (`articles.newname.NewName`), in all that was ever written about it.

        A `biography` takes the place of those under the name. Approvals go on to hold, and who has an old
        text open in a form is told that it changed.
        """
        approved = digest_of(self)
        with self.moving("rename", by=by):
            put_everywhere(self, name)
            if biography:
                self.bylines.filter(name=name.new).update(biography=biography)
                printed = PrintedByline.objects.filter(edition__article__submission=self, name=name.new)
                printed.update(biography=biography)
            type(self).objects.filter(pk=self.pk).update(version=F("version") + 1)
            self.refresh_from_db()
            self.sign_offs.filter(digest=approved).update(digest=digest_of(self), content=content_of(self))
            if article := Article.objects.filter(submission=self).first():
                article.rename(by=by, name=name)

    def _name_authors(self):
        for byline in self.bylines.filter(author=None).exclude(consent=Consent.NO):
            user = byline.person or (self.corresponding_author if byline.order == 1 else None)
            byline.author = Author.called(byline.name, user=user, biography=byline.biography)
            byline.save(update_fields=["author"])
