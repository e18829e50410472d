"""Writing a comment: the first press shows it, the second posts it."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from accounts.address_proof import AddressProof
from accounts.forms import NewcomerForm
from articles.views.reading import readable
from comments.forms.posting import CommentForm
from comments.guards import goes_by_the_authors_name, is_nameless, is_paused
from comments.models import Comment, Discussion
from comments.models.screened import screened
from comments.screening import HELD_FOR, is_trusted
from forum.lib.forms import GuardedForm
from forum.lib.text.prose import paragraphs
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import never
from forum.lib.web.throttle import allow, prefix

KEPT = "comment"
ASK = {"source": "Where does this come from? A source would help to weigh it."}


@never
@csrf_exempt
@asks(CommentForm)
def preview(request, year, slug):
    """Show what somebody wrote as it would stand; changes nothing, so it needs no token."""
    article = readable(year, slug)
    discussion, kept = Discussion.under(article), _kept(request, article)
    if request.method == "POST" or kept:
        proof = AddressProof(request)
        proof.point()
        return _page(request, CommentForm(request.POST or kept, discussion=discussion), GuardedForm(), proof)
    said = {name: request.GET.get(name, "") for name in ("answers", "words")}
    form = CommentForm(initial={**said, "text": _asked(request), "as_author": True}, discussion=discussion)
    if not form.answered:
        return redirect(discussion.address)
    return _page(request, form, GuardedForm(), AddressProof(request))


@never
@asks(CommentForm, NewcomerForm)
def post(request, year, slug):
    """Post a comment for somebody signed in, or for somebody who has just proven an address."""
    article = readable(year, slug)
    discussion = Discussion.under(article)
    if request.method != "POST":
        return redirect(discussion.address)
    form, proof = CommentForm(request.POST, discussion=discussion), AddressProof(request)
    if proof.signs_in and form.is_valid():
        return proof.to_sign_in(_keep(request, article, form))
    guard = GuardedForm() if proof.done else GuardedForm(request.POST)
    is_ready = form.is_valid() and not form.has_lost_its_answer
    if not is_ready or not (proof.done or guard.is_valid()) or not (person := proof.person()):
        return _page(request, form, guard, proof)
    if not request.user.is_authenticated:
        return _page(request, form, guard, proof, back=_keep(request, article, form))
    known = screened.get(writer=person.pk)
    _allow(request, person, known)
    comment = (discussion if discussion.pk else Discussion.of(article)).post(by=person, known=known, **form.said)
    if _kept(request, article):
        del request.session[KEPT]
    return redirect(comment.place)


def _asked(request):
    return ASK.get(request.GET.get("ask")) or request.GET.get("text", "")


def _allow(request, person, known):
    is_known = person.is_moderator or is_trusted(person, known)
    allow("comment" if is_known else "comment_newcomer", f"user:{person.pk}")
    allow("comment_prefix", prefix(request))


def _keep(request, article, form):
    """Keep a comment while its writer signs in; return where she finds it again."""
    request.session[KEPT] = {"article": article.pk, **form.kept}
    return reverse("comment_preview", args=[article.year, article.slug])


def _kept(request, article):
    kept = request.session.get(KEPT, {})
    return kept if kept.get("article") == article.pk else None


def _page(request, form, guard, proof, *, back=""):
    discussion, is_valid = form.discussion, form.is_valid()
    text = form.cleaned_data["text"] if is_valid else ""
    context = {
        "article": discussion.article,
        "discussion": discussion,
        "form": form,
        "guard": guard,
        "proof": proof,
        "shown": paragraphs(text) if text else "",
        "answered": form.answered,
        "quotation": form.cleaned_data["words"] if is_valid and form.answered else "",
        "back": back,
        **_about(request.user, text, discussion),
    }
    return render(request, "comments/preview.html", context)


def _about(user, text, discussion):
    """Return what a member should know before she posts: under which name, why it will wait, why she cannot."""
    if not user.is_authenticated:
        return {}
    draft = Comment(discussion=discussion, author=user, speaks_as=discussion.author_for(user))
    return {
        "speaks_as": draft.speaks_as,
        "held": HELD_FOR.get(draft.reason_to_hold(text, user), ""),
        "paused": is_paused(user, draft),
        "nameless": is_nameless(user, draft) or goes_by_the_authors_name(user, draft),
    }
