"""What templates of the magazine may ask for by themselves."""

from django import template

from articles import citations, promises
from articles.models import Region, Submission, Topic
from articles.models.private.questions import first_written
from articles.models.public.taxonomy import perspective_sentence
from forum.lib.text.prose import excerpt, reading_minutes

register = template.Library()
register.filter(perspective_sentence)
register.filter(reading_minutes)
register.filter(promises.exactly)
register.filter(promises.is_to_come)


@register.inclusion_tag("components/_navigation.html")
def navigation():
    """Show the sections: topics, regions, and the search."""
    return {"topics": Topic.objects.all(), "continents": Region.objects.by_continent()}


@register.simple_tag(takes_context=True)
def address(context, thing):
    """Return the full address of a thing's page."""
    return context["request"].build_absolute_uri(thing.get_absolute_url())


@register.simple_tag
def citation(article, full_address, magazine):
    """Return how a piece is cited, in plain text."""
    return citations.plain(article, full_address, magazine)


@register.simple_tag
def turns(reader):
    """Return how many of her pieces wait for this person."""
    has_written = first_written(person=reader.pk)  # most have not, and that is asked quickly
    return Submission.objects.awaiting(reader).count() if has_written else 0


@register.filter
def opening(html, words):
    """Return the first words of a body, as plain text."""
    return excerpt(html, int(words))
