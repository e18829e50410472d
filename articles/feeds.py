"""Atom feeds: every list of pieces can be followed without an account."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from articles.models import Article, ArticleEvent, Author, Kind, Question, Region, Topic
from forum.lib.text.prose import normalise
from forum.lib.web.pagecache import public
from forum.pages.models import SiteSettings

SIZE = 20


class Atom(Atom1Feed):
    """Atom with the text of each piece beside its summary."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["text"]:
            handler.addQuickElement("content", item["text"], {"type": "html"})


class Newest(Feed):
    """The newest pieces of the whole magazine."""

    feed_type = Atom

    def get_object(self, request):
        return SiteSettings.get()

    def pieces(self, thing):
        return Article.objects.listed()

    def title(self, thing):
        return normalise(thing.name)

    def subtitle(self, thing):
        return normalise(thing.tagline)

    def link(self, thing):
        return "/"

    def items(self, thing):
        return self.pieces(thing).for_feeds()[:SIZE]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.standfirst

    def item_author_name(self, item):
        return normalise(", ".join(byline.name for byline in item.printed_bylines))

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.updated_at or item.published_at

    def item_categories(self, item):
        return [normalise(topic.name) for topic in item.topics_in_order]

    def item_extra_kwargs(self, item):
        return {"text": str(item.edition.html)}


class Shelf(Newest):
    """The newest pieces of one list: those of a topic, a region, a kind, an author or a question."""

    def __init__(self, things, chosen):
        self.things, self.chosen = things, chosen

    def get_object(self, request, slug):
        return get_object_or_404(self.things(), slug=slug)

    def pieces(self, thing):
        return self.chosen(Article.objects.listed(), thing)

    def title(self, thing):
        return normalise(f"{thing} · {SiteSettings.get().name}")

    def subtitle(self, thing):
        return ""

    def link(self, thing):
        return thing.get_absolute_url()


class ByAuthor(Shelf):
    """The newest pieces of one author; the feed of a page that was joined with hers leads to it."""

    def __call__(self, request, slug):
        try:
            return super().__call__(request, slug=slug)
        except Http404:
            page = get_object_or_404(Author.objects.leading_on(slug))
            return redirect("author_feed", page.slug, permanent=True)


class Corrections(Feed):
    """What was changed, retracted and removed."""

    feed_type = Atom1Feed
    description_template = "articles/correction_entry.html"

    def get_object(self, request):
        return SiteSettings.get()

    def title(self, thing):
        return normalise(f"Corrections · {thing.name}")

    def link(self):
        return reverse("corrections")

    def items(self):
        return ArticleEvent.objects.told_to_readers()[:SIZE]

    def item_title(self, item):
        return f"{item.what}: {item.title}" if item.title else item.what

    def item_guid(self, item):
        return f"{settings.SITE_URL}{reverse('corrections')}#change-{item.pk}"

    def item_pubdate(self, item):
        return item.at

    item_updateddate = item_pubdate


corrections = public(Corrections())
newest = public(Newest())
topic = public(Shelf(Topic.objects.all, lambda pieces, thing: pieces.about_topic(thing)))
region = public(Shelf(Region.objects.all, lambda pieces, thing: pieces.about_region(thing)))
kind = public(Shelf(Kind.objects.all, lambda pieces, thing: pieces.of_kind(thing)))
author = public(ByAuthor(Author.objects.in_print, lambda pieces, thing: pieces.by_author(thing)))
question = public(Shelf(Question.objects.open_to_readers, lambda pieces, thing: pieces.answering(thing)))
