"""Writing a comment: the first press shows it, the second posts it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from accounts.proof import Proof
from articles.models import Article
from comments.forms import CommentForm
from comments.models import Discussion
from comments.screening import held_because
from forum.lib.forms import Guarded
from forum.lib.pagecache import never
from forum.lib.text import paragraphs
from forum.lib.throttle import allow

KEPT = "comment"


@never
@csrf_exempt
def preview(request, year, slug):
    """Show what somebody wrote as it would stand; changes nothing, so it needs no token."""
    article = get_object_or_404(Article.objects.readable(), year=year, slug=slug)
    kept = _kept(request, article)
    if request.method != "POST" and not kept:
        return redirect(f"{article.get_absolute_url()}#comments")
    form = CommentForm(request.POST or kept)
    return _page(request, article, form, Guarded(), Proof(request))


@never
def post(request, year, slug):
    """Post a comment for somebody signed in, or for somebody who has just proven an address."""
    article = get_object_or_404(Article.objects.readable(), year=year, slug=slug)
    if request.method != "POST":
        return redirect(f"{article.get_absolute_url()}#comments")
    form, proof = CommentForm(request.POST), Proof(request)
    if proof.signs_in and form.is_valid():
        return proof.to_sign_in(_keep(request, article, form))
    guard = Guarded() if proof.done else Guarded(request.POST)
    if not form.is_valid() or not (proof.done or guard.is_valid()) or not (person := proof.person()):
        return _page(request, article, form, guard, proof)
    if not request.user.is_authenticated:
        return _page(request, article, form, guard, proof, back=_keep(request, article, form))
    allow("comment", f"user:{person.pk}")
    said = form.cleaned_data
    comment = Discussion.of(article).post(by=person, text=said["text"], key=said["key"])
    if _kept(request, article):
        del request.session[KEPT]
    return redirect(comment.place)


def _keep(request, article, form):
    """Keep a comment while its writer signs in; return where she finds it again."""
    said = form.cleaned_data
    request.session[KEPT] = {"article": article.pk, "text": said["text"], "key": str(said["key"])}
    return reverse("comment_preview", args=[article.year, article.slug])


def _kept(request, article):
    kept = request.session.get(KEPT, {})
    return kept if kept.get("article") == article.pk else None


def _page(request, article, form, guard, proof, *, back=""):
    context = {
        "article": article,
        "discussion": Discussion.under(article),
        "form": form,
        "guard": guard,
        "proof": proof,
        "shown": paragraphs(form.cleaned_data["text"]) if form.is_valid() else "",
        "held": held_because(request.user) if request.user.is_authenticated else "",
        "back": back,
    }
    return render(request, "comments/preview.html", context)
