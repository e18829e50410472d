"""What a student does to get a piece in: read what we ask for, begin, write, submit."""

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.forms import AddressForm
from accounts.proof import Proof
from articles.declarations import MATTERS
from articles.forms.writing import StartForm, WriteForm
from articles.models import Kind, Submission
from articles.models.editing import StaleText
from articles.views.own import hold, meter, passed, writable, writer
from forum.lib.csp import editor
from forum.lib.pagecache import never, public
from forum.lib.throttle import allow

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
def new(request):
    """Begin a draft with a Word file or with words; no account is needed."""
    if request.method == "POST":
        meter(request)
    form = StartForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        word, by = form.cleaned_data["file"], writer(request)
        draft = Submission.begin(by=by, body=form.cleaned_data["body"])
        if not request.user.is_authenticated:
            hold(request, draft)
        if word:
            draft.upload(by=by, **vars(word))
            return redirect(draft)
        return redirect("submission_write", draft.code)
    return render(request, "articles/writing/new.html", {"form": form})


@writable
def write(request, piece):
    """Write, and save; whoever presses Enter once the address or the digits are filled in goes on with sending in."""
    proof = Proof(request, asks=AddressForm, known=passed(request, piece.code))
    form = WriteForm(request.POST or None, piece=piece)
    if proof.is_entered:
        return send_in(request, piece, "submit", piece.submit_as)
    if form.is_bound and keep(request, piece, form):
        messages.success(request, "Saved.")
        return redirect(piece)
    return shown(request, piece, form, proof)


@writable
@require_POST
def save(request, piece):
    """Save without leaving the page, for the script that does so by itself."""
    form = WriteForm(request.POST, piece=piece)
    if keep(request, piece, form):
        return JsonResponse({"version": piece.version})
    if form.other:
        said = "This text was changed in another window. Press Save to see both."
        return JsonResponse({"message": said}, status=409)
    said = "Some fields cannot be saved as they are. Press Save to see which."
    return JsonResponse({"version": piece.version, "message": said}, status=422)


@writable
def submit(request, piece):
    """Send a draft to the editors; who has no account proves an address on the same page."""
    return send_in(request, piece, "submit", piece.submit_as)


@writable
def resubmit(request, piece):
    """Send the changed piece back to its editor."""
    return send_in(request, piece, "resubmit", piece.resubmit)


def send_in(request, piece, verb, press):
    """Save, ask for what is missing and for who it is, then press."""
    form, name = WriteForm(request.POST or None, piece=piece), piece.bylines.first().name
    proof = Proof(request, asks=AddressForm, name=name[:80], known=passed(request, piece.code))
    is_kept = form.is_bound and keep(request, piece, form)
    if is_kept and proof.signs_in:
        return proof.to_sign_in(reverse("submission_write", args=[piece.code]))
    if is_kept and form.is_complete(piece, verb) and (by := proof.person()):
        if piece.bylines.unasked().exists():
            allow("invite", by.pk)
        press(by=by)
        messages.success(request, DONE[verb])
        return redirect(piece)
    return shown(request, piece, form, proof)


def keep(request, piece, form):
    """Save all that is fit to be saved; say whether it was everything."""
    whole = form.is_valid()
    try:
        piece.fill_in(by=writer(request), **form.saved())
    except StaleText as stale:
        form.meet(stale.current)
        return False
    form.show(piece.version)
    return whole


def shown(request, piece, form, proof):
    """Show the page a piece is written on."""
    verb = "resubmit" if piece.status == "with_author" else "submit"
    context = {"piece": piece, "form": form, "proof": proof, "verb": verb, "send": piece.machine[verb].label}
    context["points"] = piece.points_asked() if verb == "resubmit" else []
    context["notes"] = piece.notes_with_author()
    return render(request, "articles/writing/write.html", context)
