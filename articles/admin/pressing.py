"""How every button of the desk works: show the form of a verb, or make the move and go on."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse

from articles import sending
from articles.admin.keeping import keeping, let_go
from articles.forms.press import Step
from articles.models import Kept
from articles.models.invitation import HIDDEN
from forum.lib.desk import screen, shown
from forum.lib.labels import asks
from forum.lib.moves import IllegalMove, Refused
from forum.lib.typed import sent

MAIN = {"take_up", "accept", "send_proof", "publish", "amend", "answer"}
GRAVE = {"decline", "dismiss", "revoke", "retract", "remove", "unschedule", "publish_anyway"}
UNCLEAR = "It was not clear which button you pressed. Nothing was done; please press once more."
ON_THE_WAY = {"more", "template", "edit"}


def press(request, thing, verb, form, back, **context):
    """Answer a GET with the verb's form and a POST with the move, then go to the page at `back`."""
    move = thing.machine[verb]
    check(thing, move, request.user, verb)
    if request.method == "POST" and form.is_valid():
        step = Step(request.POST)
        if step.taken == "preview" and hasattr(form, "is_letter"):
            post = attempt(form, verb, sending.shown, thing, verb, by=request.user, said=form.said)
            if post:
                return preview(request, move, post, back, {**context, "grave": verb in GRAVE})
        elif step.taken != "":
            form.add_error(None, UNCLEAR)
        elif form.is_shown and moved(request, thing, verb, form, previewed=step.mail_shown):
            let_go(request)
            messages.success(request, f"Done: you {move.done}.")
            return redirect(back)
    elif request.method != "POST":
        context["complaint"] = move.complaint(request.user, thing)
    context |= {
        "form": form,
        "thing": thing,
        "verb": verb,
        "move": move,
        "back": back,
        "grave": verb in GRAVE,
    }
    return shown(request, "admin/articles/press.html", move.label, status=status_of(form), **context)


def moved(request, thing, verb, form, *, previewed=""):
    """Make the move; a guard's complaint goes above the form, and nothing typed is lost."""
    if hasattr(form, "is_letter"):
        said = {"said": form.said, "previewed": previewed}
        return bool(attempt(form, verb, sending.send, thing, verb, by=request.user, **said))
    return attempt(form, verb, getattr(thing, verb), by=request.user, **form.said) is not None


def attempt(form, verb, deed, *args, **said):
    """Return what a deed answers, True where it says nothing, or None where a guard stands against it."""
    try:
        with form.thing.as_seen(form.cleaned_data["seen"], verb):
            return deed(*args, **said) or True
    except Refused as complaint:
        form.add_error(None, str(complaint))
        return None


def preview(request, move, post, back, context):
    """Show the mail as it would be sent; pressing there sends exactly this, or nothing."""
    context = {
        **context,
        "post": post,
        "digest": sending.digest(post),
        "hides_link": HIDDEN in post.text,
        "sent": [field for field in sent(request) if field.name != "step"],
        "move": move,
        "back": back,
    }
    return shown(request, "admin/articles/preview.html", "The mail as it is sent", **context)


def check(thing, move, user, verb):
    """Say that a button came too late, or is not this person's any more."""
    if thing.status not in move.sources:
        raise IllegalMove(thing, verb)
    if not move.who(user, thing):
        editor = getattr(thing, "editor", None)
        is_others = editor is not None and editor != user
        raise PermissionDenied(f"{editor.name} handles this piece." if is_others else "This is not yours to do.")


def status_of(form):
    """Return 409 where a guard stood in the way, otherwise 200."""
    return 409 if form.is_bound and set(form.errors) == {NON_FIELD_ERRORS} else 200


def form_for(request, forms, verb, thing):
    """Return the form of a verb: empty, as it was sent, or with what was typed so far after a step on the way."""
    step = Step(request.POST).taken
    if step in ON_THE_WAY and hasattr(forms[verb], "resume"):
        form = forms[verb](thing=thing, by=request.user)
        form.resume(request.POST, step)
        return keeping(request, form)
    data = request.POST if request.method == "POST" else None
    form = forms[verb](data, thing=thing, by=request.user)
    if hasattr(form, "is_letter"):
        form.begin_with(request.GET.get("template", ""))
    return keeping(request, form)


def register(path, name, forms, view, who):
    """Give every verb of the table `forms` its own address below `path`; the view is told which."""
    for verb in forms:
        screen(f"{path}{verb}/", asks(forms[verb])(partial(view, verb=verb)), f"{name}_{verb}", who=who)


@dataclass(frozen=True)
class Button:
    """A verb as it stands on a page: in words, with its complaint; `asks` where a form comes first.

    `seen` is the turn of the thing as the page shows it. `main` is the usual way on, `grave` what is not easily undone;
    `kept` where this person keeps words for it.
    """

    label: str
    complaint: str
    url: str
    seen: int
    asks: bool
    main: bool
    grave: bool
    kept: bool


def buttons(thing, user, forms, name, key):
    """Return what `user` can press on a thing now; `name` and `key` make the addresses."""
    verbs = [verb for verb in thing.verbs_for(user) if verb.name in forms]
    kept = Kept.objects.places(user) if verbs else set()
    urls = {verb: reverse(f"admin:{name}_{verb.name}", args=[key]) for verb in verbs}
    return [_button(verb, forms[verb.name], url, thing.turn, kept) for verb, url in urls.items()]


def _button(verb, form, url, seen, kept):
    return Button(
        verb.label,
        verb.complaint,
        url,
        seen,
        asks=any(not field.widget.is_hidden for field in form.base_fields.values()),
        main=verb.name in MAIN,
        grave=verb.name in GRAVE,
        kept=url in kept,
    )
