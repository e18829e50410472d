"""The lists: by topic, region, kind, author, month and question."""

from datetime import MAXYEAR, MINYEAR, date

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from articles import search as index
from articles.forms.reader.browsing import SearchForm
from articles.models import Article, Author, Kind, Question, Region, Topic
from articles.models.public.sides import both_sides
from forum.lib.web.pagecache import public
from forum.lib.web.paging import alphabet, page
from forum.lib.web.throttle import allow, prefix


def shelf(request, articles, template="articles/list.html", **context):
    """Answer with a page of these pieces."""
    pieces = page(articles.for_cards(), request)
    return render(request, template, {"page": pieces, **context})


@public
def topic(request, slug):
    found = get_object_or_404(Topic, slug=slug)
    return shelf(request, Article.objects.listed().about_topic(found), label="Topic", thing=found)


@public
def region(request, slug):
    found = get_object_or_404(Region.objects.with_parts(), slug=slug)
    pieces = Article.objects.listed().about_region(found)
    around = {"parts": found.parts.all(), "whole": found.parent}
    return shelf(request, pieces, label="Region", thing=found, **around)


@public
def kind(request, slug):
    found = get_object_or_404(Kind, slug=slug)
    pieces = Article.objects.listed().of_kind(found)
    return shelf(request, pieces, label="Kind", thing=found, name=found.plural)


@public
def authors(request):
    return render(request, "articles/authors.html", {"page": alphabet(Author.objects.in_print(), request)})


@public
def author(request, slug):
    found = Author.objects.in_print().with_portraits().filter(slug=slug).first()
    if found is None:
        return redirect(get_object_or_404(Author.objects.leading_on(slug)), permanent=True)
    return shelf(request, Article.objects.listed().by_author(found), "articles/author.html", author=found)


@public
def archive(request):
    return shelf(
        request, Article.objects.listed(), "articles/archive.html", months=Article.objects.listed().by_month()
    )


@public
def archive_month(request, year, month):
    if not (MINYEAR < year < MAXYEAR and 1 <= month <= 12):  # at either end a zone has no midnight
        raise Http404("There is no such month.")
    first = date(year, month, 1)
    pieces = Article.objects.listed().of_month(first)
    return shelf(request, pieces, label="Archive", month=first)


@public
def questions(request):
    found = page(Question.objects.open_to_readers(), request, by="asked_at")
    return render(request, "articles/questions.html", {"page": found})


@public
def question(request, slug):
    found = get_object_or_404(Question.objects.open_to_readers(), slug=slug)
    pieces = page(Article.objects.listed().answering(found).for_cards("stance"), request, size=40)
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
