"""What a student does to get a piece in: read what we ask for, begin, write, submit."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from accounts.address_proof import AddressProof
from accounts.forms import AddressForm
from accounts.ration import ration
from articles.declarations import MATTERS
from articles.forms.author.writing import StartForm, WriteForm
from articles.models import Kind, Submission, Upload
from articles.models.private import drafting
from articles.models.public.text import StaleText
from articles.views.notes import with_author
from articles.views.own import meter, passed, remember_draft, visible_submission, writable, writer
from forum.lib.web.csp import editor
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import never, public
from forum.lib.web.saves import counted_on, remember
from forum.lib.web.throttle import TooMany, allow, note

DONE = {
    "submit": "Thank you. Your piece is with the editors now.",
    "resubmit": "Thank you. Your changes are with your editor now.",
}


@public
@require_safe
def get_published(request):
    """Say what we ask for, how to send it, and what happens then."""
    context = {
        "kinds": Kind.objects.sent_in(),
        "matters": MATTERS,
        "promises": settings.PROMISES,
        "zone": settings.TIME_ZONE,
        "most_words": Submission.MOST_WORDS,
    }
    return render(request, "articles/get_published.html", context)


@editor
@never
@asks(StartForm)
def new(request):
    """Begin a draft with a Word file or with words; no account is needed."""
    if request.method == "POST":
        meter(request)
    form = StartForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        word, by = form.cleaned_data["file"], writer(request)
        with transaction.atomic():  # no draft without the file it began with
            draft = Submission.begin(by=by, body=form.cleaned_data["body"])
            if word:
                Upload.receive(draft, by=by, **vars(word))
        if not request.user.is_authenticated:
            remember_draft(request, draft)
        return redirect(draft) if word else redirect("submission_write", draft.code)
    return render(request, "articles/writing/new.html", {"form": form})


@never
@require_POST
@asks(WriteForm)
def again(request):
    """Begin a draft with what was typed into one that this browser does not know any more."""
    meter(request)
    draft = Submission.begin(by=writer(request))
    if not request.user.is_authenticated:
        remember_draft(request, draft)
    draft = visible_submission(request, draft.code)
    form = WriteForm(request.POST, piece=draft)
    form.show(draft.version)
    keep(request, draft, form)
    messages.success(request, "This is a new draft with what you wrote.")
    return redirect("submission_write", draft.code)


@writable
@asks(WriteForm, AddressForm)
def write(request, piece):
    """Write, and save; whoever presses Enter once the address or the digits are filled in goes on with sending in."""
    proof = AddressProof(request, asks=AddressForm, known=passed(request, piece.code))
    form = WriteForm(request.POST or None, piece=piece)
    if proof.is_entered:
        return send_in(request, piece, "submit", partial(drafting.claim_and_submit, piece))
    if form.is_bound and keep(request, piece, form):
        messages.success(request, "Saved.")
        return redirect(piece)
    return writing_page(request, piece, form, proof)


@writable
@require_POST
@asks(WriteForm)
def save(request, piece):
    """Save without leaving the page, for the script that does so by itself."""
    form = WriteForm(request.POST, piece=piece)
    if keep(request, piece, form):
        return JsonResponse({"version": piece.version})
    if form.other:
        both = render_to_string("articles/writing/_refusals.html", {"form": form})
        said = "Not saved: this text was changed in another window. Look at both above, then press Save."
        return JsonResponse({"message": said, "shown": both, "version": form.other.version}, status=409)
    said = "Not everything is saved: some fields cannot be saved as they are. Press Save to see which."
    return JsonResponse({"version": piece.version, "message": said}, status=422)


@writable
@asks(WriteForm, AddressForm)
def submit(request, piece):
    """Send a draft to the editors; who has no account proves an address on the same page."""
    return send_in(request, piece, "submit", partial(drafting.claim_and_submit, piece))


@writable
@asks(WriteForm, AddressForm)
def resubmit(request, piece):
    """Send the changed piece back to its editor."""
    return send_in(request, piece, "resubmit", piece.resubmit)


def send_in(request, piece, verb, press):
    """Save, ask for what is missing and for who it is, then press."""
    form = WriteForm(request.POST or None, piece=piece)
    is_kept, name = form.is_bound and keep(request, piece, form), piece.bylines.first().name
    proof = AddressProof(request, asks=AddressForm, name=name[:80], known=passed(request, piece.code))
    if is_kept and proof.signs_in:
        return proof.to_sign_in(reverse("submission_write", args=[piece.code]))
    is_whole = form.is_bound and not form.other and form.is_complete(piece, verb)  # all that is wrong, in one go
    if is_whole and (by := proof.person()) and may_invite(request, form, piece, by):
        press(by=by)
        messages.success(request, DONE[verb])
        return redirect(piece)
    return writing_page(request, piece, form, proof)


def may_invite(request, form, piece, by):
    """Count the co-authors who would be mailed; where they are too many for a day, say so beside their names."""
    try:
        for byline in piece.bylines.unasked():
            allow("invite", by.pk)
            ration(request, byline.email)
    except TooMany as refusal:
        note(request, refusal)
        again = f"{localtime(refusal.until):%A, %H:%M}"
        said = f"We mail no more of them today. Send it in after {again}, or take a name off: the editors can add it."
        form.add_error("co_authors", said)
        return False
    return True


def keep(request, piece, form):
    """Save all that is fit to be saved; say whether it was everything."""
    whole, said = form.is_valid(), form.saved()
    try:
        drafting.fill_in(piece, by=writer(request), **{**said, "version": counted_on(request, piece, said["version"])})
    except StaleText as stale:
        form.meet(stale.current)
        return False
    remember(request, piece, piece.version)
    form.show(piece.version)
    return whole


def writing_page(request, piece, form, proof):
    """Show the page a piece is written on."""
    verb = "resubmit" if piece.status == "with_author" else "submit"
    context = {"piece": piece, "form": form, "proof": proof, "verb": verb, "send": piece.machine[verb].label}
    context["points"] = piece.letters.points_asked() if verb == "resubmit" else []
    context["notes"] = with_author(piece)
    return render(request, "articles/writing/write.html", context)
