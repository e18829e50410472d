"""Atom feeds: every list of pieces can be followed without an account."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from articles.models import ArticleEvent, Author, Kind, Question, Region, Topic
from articles.models.public.lists import ALL, ANSWERING, BY_AUTHOR, OF_KIND, ON_REGION, ON_TOPIC
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
    pieces = ALL

    def get_object(self, request):
        return SiteSettings.get()

    def title(self, thing):
        return normalise(thing.name)

    def subtitle(self, thing):
        return normalise(thing.tagline)

    def link(self, thing):
        return "/"

    def items(self, thing):
        return self.pieces.feed(thing=thing.pk)

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.standfirst

    def item_author_name(self, item):
        return normalise(", ".join(name for (name,) in item.told_bylines))

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.updated_at or item.published_at

    def item_categories(self, item):
        topics = sorted(item.told_topics, key=lambda topic: topic[0] != item.primary_topic_id)
        return [normalise(name) for _, name, _ in topics]

    def item_extra_kwargs(self, item):
        return {"text": str(item.edition.html)}


class Shelf(Newest):
    """The newest pieces of one list: those of a topic, a region, a kind, an author or a question."""

    def __init__(self, things, pieces):
        self.things, self.pieces = things, pieces

    def get_object(self, request, slug):
        return get_object_or_404(self.things(), slug=slug)

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
topic = public(Shelf(Topic.objects.all, ON_TOPIC))
region = public(Shelf(Region.objects.all, ON_REGION))
kind = public(Shelf(Kind.objects.all, OF_KIND))
author = public(ByAuthor(Author.objects.in_print, BY_AUTHOR))
question = public(Shelf(Question.objects.open_to_readers, ANSWERING))
