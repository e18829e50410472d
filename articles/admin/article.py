"""Published pieces: their editions, and what is changed in the open."""

from functools import partial
from http import HTTPStatus

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localtime

from accounts.permissions import is_editor
from articles.admin.pressing import buttons, form_for, press, register
from articles.admin.timeline import timeline
from articles.differences import differences
from articles.forms.desk.article import CHANGES
from articles.forms.desk.sought import SoughtForm
from articles.models import Message, Submission
from articles.models.private import questions
from articles.models.private.questions import SIZE
from articles.models.private.reach import articles_on_desk
from articles.promises import is_to_come
from articles.workflow import ARTICLE
from forum.lib.desk import desk_page, screen
from forum.lib.moves import IllegalMove
from forum.lib.web.addresses import address
from forum.lib.web.paging import page


def articles(request):
    """List what readers can see or will see, the newest first."""
    form = SoughtForm(request.GET, states=ARTICLE.choices)
    wanted, first = form.wanted, None
    rows = articles_on_desk(request.user).in_state(wanted["state"]).matching(wanted["q"]).for_list()
    if not wanted["q"]:
        kept_from = Submission.objects.all().kept_from(request.user)
        first = partial(questions.first_articles(wanted["state"]), kept_from=kept_from)
    found = page(lambda: rows, request, first=first or (lambda: rows[: SIZE + 1]))
    context = {"form": form, "states": tuple(ARTICLE.choices), "wanted": wanted, "page": found}
    context["rows"] = tuple(_row(piece) for piece in found)
    return desk_page(request, "admin/articles/articles.html", "Published pieces", **context)


def _row(piece):
    label = "To come" if is_to_come(piece.published_at) else ARTICLE.states[piece.status].label
    names = ", ".join(name for (name,) in piece.bylines)
    hint = f"{names} · {piece.kind__name} · {localtime(piece.published_at):%-d %b %Y, %H:%M}"
    return label, address("admin:article", piece.pk), piece.edition__title, hint


def desk_article(request, pk):
    """Return the piece if an editor may see it; otherwise it does not exist."""
    return get_object_or_404(articles_on_desk(request.user).for_desk(), pk=pk)


def article(request, pk):
    """Show a piece with its editions and what can be done about it."""
    found = desk_article(request, pk)
    context = {
        "article": found,
        "buttons": buttons(found, request.user, CHANGES, "article", found.pk),
        "happened": timeline(found),
        "suggestions": Message.objects.on_desk(request.user).suggested_for(found),
    }
    return desk_page(request, "admin/articles/article.html", found.title, **context)


def change(request, pk, verb):
    """Show what a change in public asks for, or make it."""
    found = desk_article(request, pk)
    form = form_for(request, CHANGES, verb, found)
    return press(request, found, verb, form, reverse("admin:article", args=[pk]), article=found)


def amend(request, pk, verb="amend"):
    """Edit a public text; the second of two writers sees both texts."""
    found = desk_article(request, pk)
    form = form_for(request, CHANGES, verb, found)
    form.initial["suggestion"] = request.GET.get("suggestion", "")
    about = {"article": found, "message": form.suggested}
    try:
        response = press(request, found, verb, form, reverse("admin:article", args=[pk]), **about)
    except IllegalMove as late:
        if late.thing.status not in ARTICLE["amend"].sources:
            raise
        return _both(request, late.thing)
    made = response.status_code == HTTPStatus.FOUND
    return redirect("admin:message_answer", about["message"].pk) if made and about["message"] else response


def _both(request, current):
    form = form_for(request, CHANGES, "amend", current)
    form.full_clean()
    typed = type(current.edition)(**{name: form.cleaned_data[name] for name in current.edition.TEXT})
    form.meet(seen=current.turn)
    context = {"form": form, "thing": current, "article": current, "verb": "amend", "move": ARTICLE["amend"]}
    context |= {"message": form.suggested, "stale": current.edition, "theirs": differences(current.edition, typed)}
    back = reverse("admin:article", args=[current.pk])
    return desk_page(request, "admin/articles/press.html", "Correct", status=409, back=back, **context)


def compare(request, pk, old, new):
    """Show what changed from one edition to another."""
    found = desk_article(request, pk)
    before = get_object_or_404(found.editions.all(), number=old)
    after = get_object_or_404(found.editions.all(), number=new)
    context = {"article": found, "old": before, "new": after, **differences(before, after)}
    return desk_page(request, "admin/articles/compare.html", "What changed", **context)


def _view_of(request, pk, verb):
    return amend(request, pk) if verb == "amend" else change(request, pk, verb)


screen("articles/", articles, "articles", who=is_editor)
screen("articles/<int:pk>/", article, "article", who=is_editor)
screen("articles/<int:pk>/compare/<int:old>..<int:new>/", compare, "article_compare", who=is_editor)
register("articles/<int:pk>/", "article", CHANGES, _view_of, is_editor)
