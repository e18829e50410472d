"""The lists: by topic, region, kind, author, month and question."""

from datetime import MAXYEAR, MINYEAR, date

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from articles import search as index
from articles.forms.reader.browsing import SearchForm
from articles.models import Article, Author, Kind, Question, Region, Topic
from articles.models.public import months
from articles.models.public.lists import ALL, ANSWERING, BY_AUTHOR, OF_KIND, ON_REGION, ON_TOPIC
from articles.models.public.questions import author_at, question_at
from articles.models.public.sides import both_sides
from forum.lib.web.kept import remembered
from forum.lib.web.pagecache import public
from forum.lib.web.paging import alphabet, page
from forum.lib.web.throttle import allow, prefix


def shelf(request, pieces, thing=None, template="articles/list.html", **context):
    """Answer with a page of the pieces on a thing."""
    return render(request, template, {"page": _page(request, pieces, thing), "thing": thing, **context})


def _page(request, pieces, thing):
    key = thing and thing.pk
    ways = {"first": lambda: pieces.first(thing=key), "along": pieces.by, "size": pieces.size}
    return page(lambda: pieces.rows(key), request, **ways)


@public
def topic(request, slug):
    found = get_object_or_404(Topic, slug=slug)
    return shelf(request, ON_TOPIC, found, label="Topic")


@public
def region(request, slug):
    found = get_object_or_404(Region.objects.with_parts(), slug=slug)
    around = {"parts": found.parts.all(), "whole": found.parent}
    return shelf(request, ON_REGION, found, label="Region", **around)


@public
def kind(request, slug):
    found = get_object_or_404(Kind, slug=slug)
    return shelf(request, OF_KIND, found, label="Kind", name=found.plural)


@public
def authors(request):
    return render(request, "articles/authors.html", {"page": alphabet(Author.objects.in_print(), request)})


@public
def author(request, slug):
    found = author_at.first(slug=slug)
    if found is None:
        return redirect(get_object_or_404(Author.objects.leading_on(slug)), permanent=True)
    return shelf(request, BY_AUTHOR, found, "articles/author.html", author=found)


@public
def archive(request):
    return shelf(request, ALL, template="articles/archive.html", years=remembered(request, "months", months.counted))


@public
def archive_month(request, year, month):
    if not (MINYEAR < year < MAXYEAR and 1 <= month <= 12):  # at either end a zone has no midnight
        raise Http404("There is no such month.")
    first = date(year, month, 1)
    found = page(Article.objects.listed().of_month(first).for_cards(), request)
    if not found:
        raise Http404("Nothing came out in this month.")
    return render(request, "articles/list.html", {"page": found, "label": "Archive", "month": first})


@public
def questions(request):
    found = page(Question.objects.open_to_readers(), request, by="asked_at")
    return render(request, "articles/questions.html", {"page": found})


@public
def question(request, slug):
    found = question_at.first(slug=slug)
    if found is None:
        raise Http404("There is no such question.")
    pieces = _page(request, ANSWERING, found)
    context = {"question": found, "sides": both_sides(found, pieces), "page": pieces}
    return render(request, "articles/question.html", context)


@public
def search(request):
    form = SearchForm(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {"q": ""}
    if said["q"]:
        allow("search", prefix(request))
    found = index.find(said["q"], after=said["after"]) if said["q"] else None
    return render(request, "articles/search.html", {"form": form, "found": found})
