"""How every button of the desk works: show the form of a verb, or make the move and go on."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse

from articles import sending
from articles.admin.keeping import keeping, let_go
from articles.forms.desk.pressing import StepForm
from articles.forms.needed import has_words
from articles.models import Kept
from articles.models.private.invitation import HIDDEN
from forum.lib.desk import desk_page, screen
from forum.lib.moves import DESK, IllegalMove, Refused, buttons_for
from forum.lib.web.labels import asks
from forum.lib.web.typed import sent

UNCLEAR = "It was not clear which button you pressed. Nothing was done; please press once more."
ON_THE_WAY = {"more", "template", "edit"}


def press(request, thing, verb, form, back, **context):
    """Answer a GET with the verb's form and a POST with the move, then go to the page at `back`."""
    move = thing.machine[verb]
    check(thing, move, request.user, verb)
    if request.method == "POST" and form.is_valid():
        step = StepForm(request.POST)
        if step.taken == "preview" and hasattr(form, "is_letter"):
            post = attempt(form, verb, sending.preview, thing, verb, by=request.user, said=form.said)
            if post:
                return preview(request, move, post, back, context)
        elif step.taken != "":
            form.add_error(None, UNCLEAR)
        elif form.was_told and moved(request, thing, verb, form, previewed=step.cleaned_data["previewed"]):
            let_go(request)
            messages.success(request, f"Done: you {move.done}.")
            return redirect(back)
    elif request.method != "POST":
        context["complaint"] = move.complaint(request.user, thing)
    context |= {"form": form, "thing": thing, "verb": verb, "move": move, "back": back}
    return desk_page(request, "admin/articles/press.html", move.label, status=status_of(form), **context)


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
    return desk_page(request, "admin/articles/preview.html", "The mail as it is sent", **context)


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
    step = StepForm(request.POST).taken
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


def buttons(thing, user, forms, name, key):
    """Return what `user` can press on a thing now; `name` and `key` make the addresses."""
    found = [button for button in buttons_for(user, thing, at=DESK) if button.verb in forms]
    kept = Kept.objects.places(user) if found else set()
    urls = {button: reverse(f"admin:{name}_{button.verb}", args=[key]) for button in found}
    return [
        replace(button, url=url, seen=thing.turn, asks=has_words(forms[button.verb]), kept=url in kept)
        for button, url in urls.items()
    ]
