"""What search engines are told of: the pieces, the lists and the pages."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from articles.models import Article, Author, Kind, Question, Region, Topic
from forum.pages.models import Page


class Pieces(Sitemap):
    """Every piece readers may see listed."""

    limit = 5000

    def items(self):
        return Article.objects.listed().for_sitemap()

    def lastmod(self, article):
        return article.updated_at or article.published_at


class Lists(Sitemap):
    """Topics, regions, kinds, questions and authors."""

    def items(self):
        shelves = [Topic.objects.all(), Region.objects.all(), Kind.objects.all()]
        people, questions = Author.objects.in_print(), Question.objects.open_to_readers()
        return [thing for shelf in [*shelves, questions, people] for thing in shelf]


class Pages(Sitemap):
    """The front page, the guidelines, and the texts about the magazine."""

    NAMES = ["home", "get_published", "questions", "authors", "archive", "corrections"]

    def items(self):
        return [*self.NAMES, *Page.objects.all()]

    def location(self, item):
        return reverse(item) if isinstance(item, str) else item.get_absolute_url()


SITEMAPS = {"pieces": Pieces, "lists": Lists, "pages": Pages}
