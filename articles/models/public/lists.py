"""The lists of pieces that readers go through: first page and feed are questions, the rest is sought as ever."""

from articles.models.public.article import Article
from articles.models.public.shelves import ShelfOf
from forum.lib.asked import NOW, Given, asked

SIZE = 20  # of a page of a list


class PieceList:
    """The pieces that are `chosen` for a thing, newest first, in the order of what says their date."""

    def __init__(self, chosen, *more, by="published_at", size=SIZE):
        self.chosen, self.more, self.by, self.size = chosen, more, by, size
        self.first = asked(lambda: self._now().for_cards(*more, by=by)[: size + 1])
        self.feed = asked(lambda: self._now().for_feeds(by)[:SIZE])

    def rows(self, thing):
        """Return all of them as cards."""
        return self.chosen(Article.objects.listed(), thing).for_cards(*self.more, by=self.by)

    def _now(self):
        return self.chosen(Article.objects.listed(at=NOW), Given("thing"))


def shelf(name):
    """Return the list of the pieces on one shelf of a kind."""
    return PieceList(lambda pieces, thing: pieces.on_shelf(name, thing), by="stood")


def answering(size):
    """Return the list of the pieces that answer a question, as cards that say how."""
    return PieceList(lambda pieces, thing: pieces.answering(thing), "stance", by="stood", size=size)


ALL = PieceList(lambda pieces, _: pieces)
OF_KIND = PieceList(lambda pieces, thing: pieces.of_kind(thing))
ON_TOPIC, ON_REGION, BY_AUTHOR = map(shelf, (ShelfOf.TOPIC, ShelfOf.REGION, ShelfOf.AUTHOR))
ANSWERING, ARGUING = answering(40), answering(11)  # on the question's own page, and on the front page
