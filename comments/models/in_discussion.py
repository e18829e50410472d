"""The part of a comment that says where it stands."""

from django.urls import reverse
from django.utils import timezone

from comments.guards import EDIT_WITHIN
from comments.models.discussion import PAGE
from comments.models.sanction import silencing
from comments.screening import HELD_AS, HELD_FOR
from comments.workflow import COMMENT

BY_AUTHOR = "Author of this piece"


def is_shown(status, hidden_until):
    """Say whether everybody may read now what stands so."""
    back = hidden_until is not None and hidden_until <= timezone.now()
    return status == "published" or (status == "hidden" and back)


def tombstone(status, hidden_until, rule):
    """Return what stands in the place of what readers may not read; `rule` names the one it broke."""
    match status:
        case "removed" | "spam":
            return f"Removed by the editors: {rule}."
        case "hidden" if hidden_until:
            return "Hidden for a while: the editors are looking at it."
        case "hidden" | "pending":
            return "Hidden while its writer and the editors look at it."
    return "Withdrawn by its writer."


def may_be_edited(status, written_at):
    """Say whether it is new enough to be changed; whether anything stands against it is asked when it is."""
    return written_at + EDIT_WITHIN > timezone.now() and status in COMMENT["edit"].sources


def quoted(text, start, length):
    """Return the words of a wording that are quoted."""
    return text[start : start + length]


class InDiscussion:
    """How a comment stands in its discussion: where, for whom, and in which words that is said."""

    def get_absolute_url(self):
        article = self.discussion.article
        if self.number is None or not article.state.readable:
            return self.place
        return reverse("comment", args=[article.year, article.slug, self.number])

    @property
    def name(self):
        """Return the name that stands on it: the writer's at that time, or that of the author as whom she speaks."""
        return self.speaks_as.name if self.speaks_as_id else self.written_as

    @property
    def new_name(self):
        """Return the name its writer goes by since, for the desk; "" where that would tell nothing or too much."""
        return "" if self.speaks_as_id or self.author.name == self.written_as else self.author.name

    @property
    def earlier_names(self):
        """Return the names its writer left lately, for the desk; none where that would tell too much."""
        return [] if self.speaks_as_id else [name for name in self.author.lately if name != self.name]

    def name_of(self, person):
        """Return what the desk calls somebody who acted here: its writer by the name that stands on it."""
        return self.name if person.pk == self.author_id else super().name_of(person)

    @property
    def is_by_author(self):
        """Whether its writer speaks as an author of the piece."""
        return self.speaks_as_id is not None

    @property
    def mark(self):
        """Return what its writer is here, which no name may say; "" for a reader, and of an author nothing else."""
        return BY_AUTHOR if self.is_by_author else self.author.office

    @property
    def quotation(self):
        """Return the words it quotes, for as long as readers can see them where they come from; else ""."""
        source = self.answers
        if self.quoted is None or not source.is_shown or source.current_id != self.quoted_id:
            return ""
        return quoted(self.quoted.text, self.quote_start, self.quote_length)

    @property
    def open_case(self):
        """Return the report that waits for a decision, or None."""
        return self.cases.filter(status="open").first()

    def earlier_wording(self, revision):
        """Return the other wording that readers saw and may still be shown, or None."""
        return self.wordings().filter(pk=revision).first()

    def wordings(self):
        """Return the earlier wordings that stood in public and may still be shown, oldest first.

        None from before `shown_from` is: a decision against one wording takes what stood before it along.
        """
        shown = self.revisions.seen_by_readers().filter(number__gte=self.shown_from)
        return shown.exclude(pk=self.current_id).order_by("number")

    @property
    def silenced(self):
        """Return what keeps its writer from posting now, or None."""
        return silencing.first(writer=self.author_id)

    @property
    def is_edited(self):
        """Whether other words stood here before."""
        return self.current.number > 1

    @property
    def held_for(self):
        """Return the sentence that says why it waits, for its writer and the desk."""
        return HELD_FOR.get(self.current.held_for, "")

    @property
    def held_as(self):
        """Return the same in a few words, for lists at the desk."""
        return HELD_AS.get(self.current.held_for, "")

    @property
    def place(self):
        """Return where it stands: the right page of its discussion, or the end while it waits."""
        page = self.discussion.pages if self.number is None else (self.number - 1) // PAGE + 1
        query = f"?comments={page}" if page > 1 else ""
        is_there = self.number is not None or self.status == "pending"
        return f"{self.discussion.article.get_absolute_url()}{query}#{self.anchor if is_there else 'comments'}"

    @property
    def is_out_of_public(self):
        """Whether the piece above it was removed, and nothing below it can be read."""
        return not self.discussion.article.state.readable

    @property
    def anchor(self):
        return f"c{self.number}" if self.number else f"waiting-{self.pk}"

    @property
    def is_shown(self):
        """Whether everybody may read it now."""
        return is_shown(self.status, self.hidden_until)

    @property
    def was_shown(self):
        """Whether its words ever stood in public."""
        shown = self.events.filter(target="published", at__gte=self.current.at)
        return self.number is not None and (not self.current.held_for or shown.exists())

    @property
    def is_held(self):
        """Whether it waits to be read by the editors."""
        return self.status == "pending"

    @property
    def tombstone(self):
        """Return what stands in its place for readers who may not read it."""
        return tombstone(self.status, self.hidden_until, self.ruling and self.ruling.rule.name)

    @property
    def fate(self):
        """Return what became of it, for its writer."""
        if self.is_out_of_public and (self.is_shown or self.is_held):
            return "Not shown: the piece it was written about was removed."
        match self.status:
            case "published" | "withdrawn":
                return self.label
            case "pending":
                return f"Waiting to be read by the editors. Nobody else sees it yet. {self.held_for}".strip()
            case "hidden" if self.is_shown:
                return "Published"
            case "hidden" if self.hidden_until is None:
                return "Hidden until you reword it."
        return self.tombstone

    @property
    def told(self):
        """Return the reason its writer was given for its not being shown, or ""."""
        return self.ruling.reason if self.may_be_appealed else ""

    @property
    def may_be_appealed(self):
        """Whether a decision stands against it."""
        is_against = self.state.decided and not self.is_shown
        return is_against and self.ruling is not None

    @property
    def appeal(self):
        """Return its writer's objection to the decision that stands, or None."""
        return next((a for a in self.ruling.appeals.all() if a.objector_id == self.author_id), None)

    @property
    def may_be_reworded(self):
        return self.status in self.machine["reword"].sources and self.hidden_until is None

    @property
    def may_be_edited(self):
        """Whether it is new enough to be changed; whether anything stands against it is asked when it is."""
        return may_be_edited(self.status, self.written_at)

    @property
    def may_be_withdrawn(self):
        return self.status in self.machine["withdraw"].sources
