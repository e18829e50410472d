"""What search engines are told of: an index of files, each of the pieces, authors or questions of ten thousand keys.

A file changes only where one of its own pieces does, and what is new goes into the last one.
"""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Author, Kind, Question, Region, Topic
from forum.lib.web.pagecache import public
from forum.pages.models import Page

MOST = 10_000
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NAMES = ["home", "get_published", "questions", "authors", "archive", "corrections"]


@dataclass(frozen=True)
class Series:
    """The rows of one kind that have a page, and the columns that their `address` is made of."""

    name: str
    rows: object
    columns: tuple

    def files(self):
        """Return the numbers of its files."""
        last = self.rows().filter(pk__gt=0).order_by("-pk").values_list("pk", flat=True).first()
        return range(1, 2 + last // MOST) if last else ()

    def entries(self, number):
        """Return (address, day of the last change or None) of what stands in one file."""
        address = reverse(self.name, args=["SLUG"] if self.columns == ("slug",) else [0, "SLUG"])
        found = self.rows().filter(pk__gte=(number - 1) * MOST, pk__lt=number * MOST).order_by("pk")
        return [_entry(address, *row) for row in found.values_list(*self.columns)]


def _entry(address, slug, *more):
    """Fill the address of some page of this kind, since reversing one for each takes longer than all the rest."""
    year, published_at, edition, made_at = more or (0, None, 1, None)
    return address.replace("/0/", f"/{year}/").replace("SLUG", slug), made_at if edition > 1 else published_at


SERIES = {
    "pieces": Series(
        "article", Article.objects.listed, ("slug", "year", "published_at", "edition__number", "edition__made_at")
    ),
    "questions": Series("question", Question.objects.open_to_readers, ("slug",)),
    "authors": Series("author", Author.objects.in_print, ("slug",)),
}


@public
def index(request):
    """Name the files."""
    files = [f"{name}-{number}" for name, series in SERIES.items() for number in series.files()]
    addresses = [reverse("sitemap_of_pages"), *(reverse("sitemap_of", args=file.split("-")) for file in files)]
    return _answer("sitemapindex", "sitemap", request, [(address, None) for address in addresses])


@public
def pages(request):
    """Name the front page, the texts about the magazine, and the topics, regions and kinds."""
    things = [thing for model in (Page, Topic, Region, Kind) for thing in model.objects.all()]
    addresses = [*map(reverse, NAMES), *(thing.get_absolute_url() for thing in things)]
    return _answer("urlset", "url", request, [(address, None) for address in addresses])


@public
def part(request, name, number):
    """Name the pages of one file."""
    if name not in SERIES or number not in SERIES[name].files():
        raise Http404("There is no such file.")
    return _answer("urlset", "url", request, SERIES[name].entries(number))


def _answer(whole, each, request, entries):
    site = request.build_absolute_uri("/")[:-1]
    rows = [f"<{each}><loc>{escape(site + address)}</loc>{_changed(at)}</{each}>" for address, at in entries]
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<{whole} {SPACE}>", *rows, f"</{whole}>", ""])
    return HttpResponse(text, content_type="application/xml", headers={"X-Robots-Tag": "noindex, noodp, noarchive"})


def _changed(at):
    return f"<lastmod>{timezone.localdate(at).isoformat()}</lastmod>" if at else ""
