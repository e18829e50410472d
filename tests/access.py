"""Every address of the site, what each person meets there, and how the tests go and look."""

import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from html import unescape
from http.cookies import SimpleCookie
from unittest.mock import patch
from urllib.parse import urlsplit

from django.apps import apps
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from accounts.mail import post_reset
from alerts.models import Subscriber
from articles.forms.desk.safety import SAFETY_FORMS
from articles.models import (
    Author,
    AuthorNote,
    Message,
    Picture,
    Region,
    SafetyRequest,
    StaffNote,
    Submission,
    Topic,
    Upload,
)
from articles.workflow import SUBMISSION
from comments.models import MailChoice, Mute, WordList
from forum.lib.mail import KeptMail, kept_mails
from forum.lib.moves import Guest
from forum.pages.models import Holiday
from tests import makers
from tests.articles.test_workflow import in_state
from tests.comments import making

PEOPLE = ["nobody", "rosa", "sami", "mina", "edith", "eno", "maggie", "ada"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Address:
    """One pattern of the site: its name (its route where it has none), its whole route and its view."""

    name: str
    route: str
    view: object

    @property
    def slots(self):
        """Return the names of its arguments."""
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)

    def path(self, arguments):
        """Return a path, its slots filled in."""
        filled = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", self.route)
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda slot: str(arguments[slot[1]]), filled)
        return "/" + filled.replace("^", "").replace("$", "")


def addresses(patterns=None, namespace="", before=""):
    """Walk the resolver and return every address once; where one hides another, the first answers."""
    found = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = namespace + pattern.name if pattern.name else route
            found.setdefault(name, Address(name, route, pattern.callback))
        else:
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            for name, address in addresses(pattern.url_patterns, inside, route).items():
                found.setdefault(name, address)
    return found


def shorten_menus():
    """Leave one topic and one region with its continent: every page carries the menus, and they take half its time."""
    Topic.objects.exclude(slug="diplomacy").delete()
    for parts in (False, True):
        Region.objects.filter(parent__isnull=parts).exclude(slug__in=["europe", "southern-europe"]).delete()


class World:
    """One piece in every state, one comment in every state, and one of everything else that has an address."""

    def __init__(self, cast):
        self.pages = {}
        rosa, sami, mina, edith, maggie = (cast[name] for name in ("rosa", "sami", "mina", "edith", "maggie"))
        self.pieces = {state: in_state(state, cast) for state in SUBMISSION.states}
        Upload.keep(self.pieces["in_review"], b"as it came", name="treaty.docx", by=sami, remarks=[])
        for state, by in {"draft": sami, "accepted": edith}.items():
            text = {"title": "A promise at dawn", "body": makers.BODY}
            Upload.keep(self.pieces[state], b"as it came", name="treaty.docx", by=by, remarks=[], **text)
        self.article = makers.an_article(sami, edith, maggie)
        self.article.amend(by=edith, change="clarification", note="We say who signed.", title="A promise by day")
        self.article.answers.create(question=makers.a_question(), stance="yes")
        self.note = StaffNote.write(self.pieces["in_review"], by=edith, text="Who signed it?")
        self.told = AuthorNote.write(self.pieces["with_author"], by=edith, text="Who signed it?")
        self.pieces["with_author"].author_notes.hand_over()
        self.pictures = {state: self._picture(piece) for state, piece in self.pieces.items() if state == "in_review"}
        self.public_picture = self._picture(self.article.submission)
        edition = self.article.editions.filter(pk=self.article.edition_id)
        edition.update(body=f'<figure data-picture="{self.public_picture.key}"></figure>')
        self.removed = makers.an_article(sami, edith, maggie, title="A promise in the dark")
        self.removed.remove(by=maggie, notice="This piece was removed.")
        self.comment = making.a_reported(self.article, rosa, mina)
        self.rewording = making.a_rewording(self.article, rosa, mina)
        self.pending = making.a_comment(self.article, rosa)
        self.report = self.comment.open_case.reports.get()
        self.appeal = making.an_appeal(self.article, rosa, mina)
        kept = making.a_published(self.article, rosa, mina)
        self.kept_report = making.a_report(kept, by=sami)
        kept.keep(by=mina)
        self.edited = making.a_comment(self.article, mina)
        self.edited.edit("Treaties outlive those who sign them.", by=mina)
        self.sanction = making.a_sanction(self.comment, by=edith)
        Mute.add(self.edited, by=sami)
        asked = {"guest_name": "Gerda Guest", "guest_email": "gerda@example.org"}
        self.asked = making.an_appeal(self.article, rosa, mina)
        self.asked.record(**asked, guest_until=timezone.now() + timedelta(days=1))
        self.words = WordList.try_out("scum", [], by=edith)
        guest = Guest("guest@example.org")
        self.message = Message.send(by=guest, kind="contact", text="Who signed?", email=guest.email)
        words = {"kind": "name", "name": "Noor Aziz", "text": "I am followed."}
        self.safety = SafetyRequest.ask(by=sami, submission=self.article.submission, **words)
        self.subscriber = Subscriber.join(by=Guest("list@example.org"))
        Holiday.objects.create(first=date(2020, 12, 24), last=date(2020, 12, 31))
        post_reset(sami)
        self.commissioned = self._commission(cast["edith"])
        KeptMail().send_messages([EmailMessage("A letter", "Dear reader", to=["guest@example.org"])])

    def _commission(self, edith):
        said = {"name": "Nina Novak", "title": "A promise on paper", "body": makers.BODY}
        return Submission.commission(by=edith, email="nina@example.net", **said)

    def _picture(self, piece):
        picture = Picture.keep(b"as it came", alt="A chart", submission=piece)
        picture.prepare([Rendition(320, 200, "image/jpeg", "jpg", b"a picture")])
        return picture

    def opened(self, name, address, person, browser):
        """Return what this person meets who opens an address; it is asked for once, for all the tests of the world."""
        if (name, person) not in self.pages:
            self.pages[name, person] = visit(browser, address.path(self.arguments(address)))
        return self.pages[name, person]

    def arguments(self, address):
        """Return what fills the slots of an address, so that there is something to see."""
        name = address.name.removeprefix("admin:")
        given = {**self.usual, **self.special.get(address.name, {})}
        verb = name.removeprefix("submission_")
        if "code" in address.slots:
            given.setdefault("code", self.pieces[STATE_FOR.get(verb, self._source(verb))].code)
        if "object_id" in address.slots and "content_type_id" not in address.slots:
            app, model = address.route.split("/")[1:3]
            given["object_id"] = getattr(apps.get_model(app, model).objects.first(), "pk", 1)
        return given

    def _token(self, path):
        return path.split("/")[-2]

    def _link(self):
        token = self.commissioned.invitations.get().path().split("/")[-2]
        return {"code": self.commissioned.code, "token": token, "page": "declare"}

    def _source(self, verb):
        return SUBMISSION[verb].sources[0] if verb in SUBMISSION.moves else "in_review"

    @cached_property
    def usual(self):
        """Return what fills a slot of this name anywhere."""
        return {
            "year": self.article.year, "month": timezone.localtime(self.article.published_at).month,
            "slug": self.article.slug,
            "number": 1, "old": 1, "new": 2, "key": self.public_picture.key, "name": "320.jpg", "verb": "approve",
            "token": self.subscriber.token, "app_label": "articles", "content_type_id": 1, "object_id": 1,
            "pk": 1, "url": "nothing/of/the/kind/",
        }  # fmt: skip

    @cached_property
    def special(self):
        """Return what fills the slots of one address, by its name."""
        article, comment, message = ({"pk": thing.pk} for thing in (self.article, self.comment, self.message))
        slugs = {"topic": "diplomacy", "region": "southern-europe", "kind": "essay"}
        slugs |= {"author": "sami-student", "question": self.article.answers.get().question.slug}
        shelves = {f"{name}{feed}": {"slug": slug} for name, slug in slugs.items() for feed in ("", "_feed")}
        desk = {f"admin:article{part}": article for part in ("", "_compare", *map("_{}".format, ARTICLE_VERBS))}
        parts = ("", *map("_{}".format, SAFETY_FORMS))
        officers = {f"admin:safety_request{part}": {"pk": self.safety.pk} for part in parts}
        return {
            **shelves,
            **desk,
            "admin:submission_send_link": {"code": self.commissioned.code},
            "admin:article_restore": {"pk": self.removed.pk},
            **officers,
            "admin:message": message, "admin:message_answer": message, "admin:message_close": message,
            "admin:rule": {"slug": "attack"},
            "sitemap_of": {"name": "pieces", "number": 1},
            "admin:author_join": {"pk": Author.objects.get(slug="sami-student").pk},
            "admin:discussion": {"pk": self.article.discussion.pk},
            "admin:comment_invite": comment,
            "admin:word_list": {"pk": self.words.pk},
            "admin:word_list_switch": {"pk": self.words.pk, "verb": "switch_on"},
            "admin:comment_withhold": {"pk": self.edited.pk},
            "admin:comment_sanction": comment, "admin:sanction_lift": {**comment, "sanction": self.sanction.pk},
            "admin:comment": comment, "admin:comment_decide": {"pk": self.pending.pk},
            "mute_comment": comment, "respect_comment": comment, "take_back_respect": comment,
            "comment_changes": {"pk": self.edited.pk}, "edit_comment": {"pk": self.pending.pk},
            "unmute": {"pk": Mute.objects.get().pk}, "appeal_sanction": {"pk": self.sanction.pk},
            "comment_mail": {"token": self._token(MailChoice.path(self.comment.author))},
            "stop_comment_mail": {"token": self._token(MailChoice.path(self.comment.author))},
            "appeal_ruling": {"token": self._token(self.rewording.ruling.path_for(self.comment.author))},
            "appeal_guest": {"token": self._token(self.asked.guest_path())},
            "appeal_guest_decide": {"token": self._token(self.asked.guest_path()), "verb": "let_stand"},
            "report_confirm": {"token": self._token(self.report.confirm_path)},
            "report_comment": comment, "withdraw_comment": comment, "reword_comment": {"pk": self.rewording.pk},
            "appeal_comment": {"pk": self.rewording.pk}, "appeal_report": {"receipt": self.kept_report.receipt},
            "admin:appeal_ask_guest": {"pk": self.appeal.pk},
            "admin:appeal": {"pk": self.appeal.pk}, "admin:appeal_decide": {"pk": self.appeal.pk},
            "message_receipt": {"receipt": self.message.receipt}, "report_receipt": {"receipt": self.report.receipt},
            "submission_picture": {"code": self.pieces["in_review"].code, "key": self.pictures["in_review"].key},
            "submission_use": {"pk": self.pieces["draft"].uploads.get().pk},
            "admin:submission_use": {
                "code": self.pieces["accepted"].code, "pk": self.pieces["accepted"].uploads.get().pk
            },
            "admin:submission_original": {"pk": self.pieces["in_review"].uploads.get().pk},
            "submission_answer_note": {"pk": self.told.pk}, "submission_finish_note": {"pk": self.told.pk},
            **{f"admin:submission_{verb}_note": {"audience": "staff", "pk": self.note.pk} for verb in NOTE_VERBS},
            "demo_letter": {"name": kept_mails(1)[0][0]},
            **dict.fromkeys(LINKED, self._link()),
        }  # fmt: skip


LINKED = ["submission_link", "submission_link_to", "submission_fresh_link", "submission_identify"]


@dataclass(frozen=True)
class Rendition:
    """A picture as the encoder hands it over."""

    width: int
    height: int
    mime: str
    extension: str
    data: bytes


NOTE_VERBS = ["resolve", "withdraw"]
ARTICLE_VERBS = ["amend", "reclassify", "retract", "remove", "restore"]
STATE_FOR = {
    **dict.fromkeys(["write", "save", "upload", "figures", "add_figure", "try_figures", "discard", "use"], "draft"),
    **dict.fromkeys(["text", "save_text", "word", "bylines", "classification", "pictures"], "accepted"),
    **dict.fromkeys(["revision", "compare", "changes"], "proof"),
    **dict.fromkeys(["answers", "save_answers"], "with_author"),
    "own_changes": "proof",
    **dict.fromkeys(["answer_note", "finish_note"], "with_author"),
    "decline": "in_review",
    "copy": "declined",
}


@contextmanager
def quick():
    """Ask for pages by the hundred: without tracebacks of refusals and without keeping contexts."""
    logging.disable(logging.CRITICAL)
    with patch("django.test.client.store_rendered_templates", lambda *args, **kwargs: None):
        yield
    logging.disable(logging.NOTSET)


def browser_of(person):
    """Return a browser in which this person, or nobody, is signed in."""
    browser = Client()
    if person:
        browser.force_login(person, backend=BACKEND)
    return browser


@contextmanager
def undone():
    """Let something happen and undo it; yields the list of what was written, sessions left out."""
    written = []

    def watch(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and '"django_session"' not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield written
        transaction.set_rollback(True)
    cache.clear()


def everything(written=None):
    """Return all that is stored, but for sessions; or only what these statements may have changed."""
    return {
        model._meta.label: repr(list(model._base_manager.order_by("pk").values_list()))
        for model in apps.get_models()
        if model._meta.managed and model._meta.label != "sessions.Session" and _is_named(model, written)
    }


def _is_named(model, written):
    return written is None or any(f'"{model._meta.db_table}"' in sql for sql in written)


@dataclass(frozen=True)
class Met:
    """What somebody met at an address: one word for it, the answer itself, and what was written."""

    word: str
    status: int
    headers: object
    content: bytes
    written: list

    @property
    def text(self):
        """Return the page as it reads."""
        return unescape(self.content.decode(errors="replace"))


def visit(browser, path, method="get", before=None):
    """Ask for a page, or press with nothing filled in; whatever that changes is undone."""
    cookies = SimpleCookie(browser.cookies.output(header=""))
    with undone() as written:
        response = getattr(browser, method)(path)
        content = response.getvalue()
        word = "done" if before and not everything(written).items() <= before.items() else _word(browser, response)
    browser.cookies = cookies
    return Met(word, response.status_code, response.headers, content, written)


def _word(browser, response):
    if response.status_code not in (301, 302):
        return str(response.status_code)
    target = response.headers["Location"]
    if urlsplit(target).path == "/admin/login/":
        if not hasattr(browser, "door"):  # it opens to the same people, wherever they come from
            browser.door = _word(browser, browser.get(target))
        return browser.door
    return "login" if urlsplit(target).path == "/accounts/login/" else str(response.status_code)


# What each of PEOPLE meets, in their order; one word where all meet the same. "login" is being asked to sign in,
# "done" a press that changed something. First opening the address, then pressing there with nothing filled in.
MEMBERS = "login 200 200 200 200 200 200 200"
AUTHOR = "login 404 200 404 404 404 404 404"  # a draft, which no editor sees
FOLLOWED = "login 404 200 404 302 302 302 404"  # editors are led to the desk
STAFF = "login 403 403 200 200 200 200 200"
MODERATORS = "login 403 403 200 200 200 200 403"
EDITORS = "login 403 403 403 200 200 200 403"
HANDLING = "login 403 403 403 200 403 403 403"
PUT_BACK = "login 403 403 403 200 403 200 403"  # a managing editor too
MANAGING = "login 403 403 403 403 403 200 403"
KEEPERS = "login 403 403 403 403 403 200 200"
ADMINISTRATOR = "login 403 403 403 403 403 403 200"
NOTED = "login 403 403 403 done 403 403 403"  # whoever wrote the note
NO_STAFF = "login 403 403 403 403 403 403 403"


def press(person_row):
    """Return a row in which a press succeeds where a page would be shown."""
    return person_row.replace("200", "done")


def unseen(person_row):
    """Return a row in which a press without what was seen comes too late where a page would be shown."""
    return person_row.replace("200", "409")


GUESTS = "submission_read submission_read_accept submission_read_ask_for_changes submission_read_decline"
ROWS = [
    ("200", "405", "home article article_print topic topic_feed region region_feed kind kind_feed authors author"),
    ("200", "405", "author_feed archive archive_month questions question question_feed search corrections feed"),
    ("200", "405", "corrections_feed article_versions article_difference"),
    ("200", "405", "sitemap sitemap_of_pages sitemap_of"),
    ("200", "200", "contact suggest_correction report_page message_receipt writing_new report_comment alerts"),
    ("200", "200", "account_reset_password"),
    ("200", "302 200 200 200 200 200 200 200", "submission_link submission_link_to"),
    ("405", "done", "submission_fresh_link writing_again"),
    ("405", "302 done done done 302 done done done", "submission_identify"),
    ("200", "405", "get_published picture report_receipt alerts_sent alerts_manage healthz robots demo_postbox"),
    ("200", "405", "about welcome how_we_label moderation_rules support terms privacy accessibility demo_letter"),
    ("200", "405", "transparency transparency_csv"),
    ("200", "405", "account_inactive account_password_reset_completed security"),
    ("404", "404", "pictures submission_pictures"),
    ("302", "200", "comment_preview comment_post"),
    ("302", "302", "stop_comment_mail"),
    ("200", "200", "comment_mail appeal_ruling"),
    ("200", "405", "comment_changes appeal_guest"),
    ("405", "200", "appeal_guest_decide"),
    ("200", "done", "report_confirm"),
    (MEMBERS, press(MEMBERS), "follow_discussion"),
    ("405", MEMBERS.replace("200", "302"), "unfollow_discussion seen_discussion"),
    ("login 409 200 200 200 200 200 200", "login 409 done done done done done done", "respect_comment mute_comment"),
    ("405", "login 409 302 302 302 302 302 302", "take_back_respect"),
    ("405", "login 404 done 404 404 404 404 404", "unmute"),
    ("login 200 404 404 404 404 404 404", "login 200 404 404 404 404 404 404", "edit_comment"),
    ("login 302 404 404 404 404 404 404", "405", "appeal_comment appeal_sanction"),
    ("200", "200", "appeal_report"),
    ("302", "405", "comment"),
    ("302", "done", "alerts_confirm alerts_leave"),
    (MEMBERS, MEMBERS, "submissions account_set_password mfa_activate_totp mfa_generate_recovery_codes"),
    (MEMBERS, MEMBERS, "mfa_add_webauthn"),
    (MEMBERS, "405", "my_comments profile"),
    (MEMBERS, MEMBERS, "copy"),
    ("405", MEMBERS, "rename"),
    ("405", press(STAFF), "digest"),
    (AUTHOR, AUTHOR, "submission_write submission_upload submission_add_figure submission_submit"),
    (AUTHOR, AUTHOR.replace("200", "409"), "submission_use"),
    ("login 404 405 404 404 404 404 404", "login 404 409 404 404 404 404 404", "submission_save"),
    ("login 404 405 404 404 404 404 404", "login 404 302 404 404 404 404 404", "submission_try_figures"),
    (FOLLOWED, FOLLOWED.replace("200", "409"), "submission_answers"),  # without the version that was seen
    ("405", FOLLOWED.replace("200", "409"), "submission_save_answers"),
    (AUTHOR, "login 404 302 404 404 404 404 404", "submission_figures"),
    (AUTHOR, unseen(AUTHOR), "submission_discard"),
    (FOLLOWED, FOLLOWED, "submission_safety"),
    (FOLLOWED, FOLLOWED, "submission submission_resubmit submission_request_correction"),
    (FOLLOWED, FOLLOWED.replace("200", "409"), "submission_sign_off submission_own_changes"),
    (FOLLOWED.replace("200", "302"), FOLLOWED, "submission_declare submission_consent"),  # for who was asked
    (FOLLOWED.replace("200", "302"), FOLLOWED, "submission_change_byline"),
    (FOLLOWED.replace("200", "302"), unseen(FOLLOWED), "submission_refuse submission_take_name_off"),
    ("login 404 404 404 404 404 404 404", "login 404 404 404 404 404 404 404", GUESTS),
    (FOLLOWED, FOLLOWED, "submission_write_editor"),
    (FOLLOWED, unseen(FOLLOWED), "submission_withdraw"),
    (FOLLOWED, FOLLOWED, "submission_answer_note"),
    (FOLLOWED.replace("200", "405"), FOLLOWED.replace("200", "302"), "submission_finish_note"),
    (FOLLOWED.replace("200", "405"), press(FOLLOWED), "submission_take_back submission_copy"),
    (FOLLOWED.replace("200", "405"), FOLLOWED.replace("200", "409"), "submission_extend"),
    ("404 404 200 404 200 200 200 404", "405", "submission_picture"),
    ("login 200 404 404 404 404 404 404", "login 200 404 404 404 404 404 404", "reword_comment"),
    ("login 200 404 404 404 404 404 404", "login done 404 404 404 404 404 404", "withdraw_comment"),
    # the entrance, as allauth answers somebody without a password or a second factor
    ("200 302 302 302 302 302 302 302", "200 302 302 302 302 302 302 302", "account_signup account_login"),
    ("200 302 302 302 302 302 302 302", "200 302 302 302 302 302 302 302", "account_request_login_code"),
    ("302 200 200 200 200 200 200 200", "302", "account_logout"),
    ("302", "302", "account_confirm_login_code account_complete_password_reset admin:logout"),
    ("login", "login", "account_confirm_password_reset_code"),
    (MEMBERS, MEMBERS.replace("200", "302"), "account_email"),
    (MEMBERS, MEMBERS.replace("200", "405"), "mfa_index mfa_list_webauthn"),
    (MEMBERS.replace("200", "302"), MEMBERS.replace("200", "302"), "account_email_verification_sent"),
    (MEMBERS.replace("200", "302"), MEMBERS.replace("200", "302"), "account_change_password mfa_authenticate"),
    (MEMBERS.replace("200", "302"), MEMBERS.replace("200", "302"), "mfa_login_webauthn"),
    (NO_STAFF, NO_STAFF, "account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn"),
    (MEMBERS.replace("200", "404"), MEMBERS.replace("200", "404"), "mfa_deactivate_totp mfa_remove_webauthn"),
    (MEMBERS.replace("200", "404"), MEMBERS.replace("200", "404"), "mfa_download_recovery_codes mfa_edit_webauthn"),
    (MEMBERS.replace("200", "404"), MEMBERS.replace("200", "405"), "mfa_view_recovery_codes"),
    # the desk
    (STAFF, STAFF.replace("200", "405"), "admin:index admin:jsi18n"),
    (STAFF.replace("200", "302"), STAFF.replace("200", "302"), "admin:login"),
    (STAFF.replace("200", "404"), STAFF.replace("200", "404"), "admin/(?P<url>.*)$"),
    (MODERATORS, MODERATORS, "admin:messages admin:message admin:message_answer"),
    (MODERATORS, unseen(MODERATORS), "admin:message_close"),
    (MODERATORS, MODERATORS.replace("200", "405"), "admin:comments admin:comment"),
    (MODERATORS.replace("200", "405"), MODERATORS.replace("200", "409"), "admin:comment_decide"),
    (MODERATORS.replace("200", "405"), MODERATORS, "admin:comments_together"),
    (MODERATORS.replace("200", "405"), MODERATORS, "admin:comment_sanction admin:sanction_lift"),
    (MODERATORS.replace("200", "405"), "login 403 403 404 409 409 409 403", "admin:comment_withhold"),
    (MANAGING, MANAGING.replace("200", "405"), "admin:rules admin:figures"),
    (MANAGING, MANAGING, "admin:rule admin:author_join"),
    (STAFF.replace("200", "404"), STAFF.replace("200", "404"), "admin:appeal_ask_guest"),  # somebody here may decide
    (EDITORS, EDITORS, "admin:words admin:discussion"),
    (EDITORS, EDITORS.replace("200", "405"), "admin:word_list"),
    (EDITORS.replace("200", "405"), press(EDITORS), "admin:word_list_switch admin:comment_invite"),
    (MODERATORS, MODERATORS.replace("200", "405"), "admin:appeal"),
    (MODERATORS.replace("200", "405"), "login 403 403 404 404 404 404 403", "admin:appeal_decide"),
    (EDITORS, EDITORS, "admin:submissions admin:submission admin:submission_revision admin:submission_compare"),
    (EDITORS, EDITORS, "admin:submission_changes admin:submission_original admin:submission_decline admin:commission"),
    (EDITORS, EDITORS, "admin:articles admin:article admin:article_compare admin:article_amend"),
    (EDITORS, EDITORS, "admin:article_reclassify admin:app_list"),
    (EDITORS, EDITORS, "admin:submission_add_note"),
    (EDITORS.replace("200", "405"), NOTED, "admin:submission_resolve_note admin:submission_withdraw_note"),
    (EDITORS, EDITORS, "admin:submission_write_author"),
    (EDITORS.replace("200", "405"), EDITORS.replace("200", "409"), "admin:submission_read_messages"),
    (EDITORS.replace("200", "405"), EDITORS.replace("200", "302"), "admin:submission_try_pictures"),
    (EDITORS, unseen(EDITORS), "admin:submission_take_up admin:submission_dismiss"),
    (EDITORS, press(EDITORS), "admin:submission_conflict"),
    (EDITORS, EDITORS.replace("200", "405"), "admin:submission_others"),
    (MODERATORS.replace("200", "405"), MODERATORS.replace("200", "404"), "admin:keep admin:discard_kept"),
    (EDITORS.replace("200", "405"), HANDLING.replace("200", "422"), "admin:submission_save_text"),
    (EDITORS.replace("200", "405"), EDITORS.replace("200", "302"), "admin:submissions_dismiss"),
    (PUT_BACK, unseen(PUT_BACK), "admin:submission_put_back"),
    (HANDLING, unseen(HANDLING), "admin:submission_call_back admin:submission_accept"),
    (HANDLING, unseen(HANDLING), "admin:submission_send_proof admin:submission_recall_proof admin:submission_unlock"),
    (HANDLING, HANDLING, "admin:submission_send_link"),
    (HANDLING, HANDLING, "admin:submission_ask_for_changes admin:submission_text admin:submission_word"),
    (HANDLING, HANDLING, "admin:submission_bylines admin:submission_classification"),
    (HANDLING, HANDLING.replace("200", "409"), "admin:submission_use admin:submission_pictures"),
    (MANAGING, MANAGING, "admin:submission_assign admin:submission_reassign admin:submission_revoke"),
    (MANAGING, MANAGING, "admin:submission_reschedule admin:article_retract admin:article_remove"),
    (MANAGING, unseen(MANAGING), "admin:submission_unschedule admin:submission_reconsider"),
    (MANAGING, unseen(MANAGING), "admin:article_restore"),
    (NO_STAFF, NO_STAFF, "admin:submission_publish_anyway"),  # only where the house has the rule
    (NO_STAFF, NO_STAFF, "admin:submission_tell_apart"),  # only where an author has her name
    (MANAGING, MANAGING, "admin:submission_publish admin:submission_publish_on_approval"),
    (NO_STAFF, NO_STAFF, "admin:submission_publish_by_hand"),  # nothing was arranged
    (KEEPERS.replace("200", "404"), KEEPERS.replace("200", "404"), "admin:guest"),  # somebody here may decide
    (MANAGING, MANAGING, "admin:safety_requests admin:safety_request admin:safety_request_change_name"),
    (MANAGING, MANAGING, "admin:safety_request_fulfil admin:safety_request_refuse"),
    (KEEPERS, KEEPERS, "admin:alerts_export"),
    (ADMINISTRATOR, ADMINISTRATOR, "admin:failing admin:try_mail"),
    (ADMINISTRATOR.replace("200", "405"), ADMINISTRATOR.replace("200", "302"), "admin:try_all_again admin:send_again"),
    (ADMINISTRATOR.replace("200", "405"), ADMINISTRATOR.replace("200", "302"), "admin:send_one_again"),
]

# Django's own pages of a model: who sees the list and a row, adds, deletes, and what a press on a row does.
STOCK = {
    "pages_page": (KEEPERS, NO_STAFF, NO_STAFF, KEEPERS),
    "pages_holiday": (KEEPERS, KEEPERS, KEEPERS, KEEPERS),
    "pages_sitesettings": (KEEPERS, NO_STAFF, NO_STAFF, KEEPERS),
    "accounts_user": (ADMINISTRATOR, ADMINISTRATOR, NO_STAFF, ADMINISTRATOR),
    "accounts_delivery": (ADMINISTRATOR, NO_STAFF, NO_STAFF, NO_STAFF),
    "articles_author": (EDITORS, MANAGING, MANAGING.replace("200", "302"), EDITORS),
    "articles_kind": (MANAGING, MANAGING, MANAGING, MANAGING),
    "articles_lettertemplate": (MANAGING, MANAGING, MANAGING, MANAGING),
    "articles_topic": (MANAGING, MANAGING, MANAGING.replace("200", "302"), MANAGING),
    "articles_region": (MANAGING, MANAGING, MANAGING.replace("200", "302"), MANAGING),
    "articles_question": (EDITORS, EDITORS, EDITORS.replace("200", "302"), EDITORS),
    "alerts_subscriber": (KEEPERS, NO_STAFF, NO_STAFF, NO_STAFF),
    "django_tasks_database_dbtaskresult": (ADMINISTRATOR, NO_STAFF, NO_STAFF, NO_STAFF),
}


def table():
    """Return, for each name, the words for opening and for pressing, person by person."""
    rows = {name: (opened, pressed) for opened, pressed, names in ROWS for name in names.split()}
    for model, (seen, added, deleted, changed) in STOCK.items():
        app, name = model.rsplit("_", 1)
        rows[f"admin:{model}_changelist"] = rows[f"admin:{model}_history"] = (seen, seen)
        rows[f"admin:{model}_add"], rows[f"admin:{model}_delete"] = (added, added), (deleted, deleted)
        rows[f"admin:{model}_change"] = (seen, changed)
        rows[f"admin/{app}/{name}/<path:object_id>/"] = (STAFF.replace("200", "302"),) * 2
    rows["admin:pages_sitesettings_changelist"] = (STAFF.replace("200", "302"),) * 2  # there is one row
    return {name: tuple(map(_each, row)) for name, row in rows.items()}


def _each(row):
    words = row.split()
    return dict(zip(PEOPLE, words * len(PEOPLE) if len(words) == 1 else words, strict=False))
