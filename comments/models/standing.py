from django.urls import reverse
from django.utils import timezone

from comments.models.discussion import PAGE


class Standing:
    """How a comment stands in its discussion: where, for whom, and in which words that is said."""

    def get_absolute_url(self):
        article = self.discussion.article
        if self.number is None or article.status == "removed":
            return self.place
        return reverse("comment", args=[article.year, article.slug, self.number])

    @property
    def place(self):
        """Return where it stands: the right page of its discussion, or the end while it waits."""
        page = self.discussion.pages if self.number is None else (self.number - 1) // PAGE + 1
        query = f"?comments={page}" if page > 1 else ""
        return f"{self.discussion.article.get_absolute_url()}{query}#{self.anchor}"

    @property
    def anchor(self):
        return f"c{self.number}" if self.number else f"waiting-{self.pk}"

    @property
    def state(self):
        """Return its state in words, for the desk."""
        return self.machine.states[self.status]

    @property
    def is_shown(self):
        """Whether everybody may read it now."""
        back = self.hidden_until is not None and self.hidden_until <= timezone.now()
        return self.status == "published" or (self.status == "hidden" and back)

    @property
    def is_held(self):
        """Whether it waits to be read by the editors."""
        return self.status == "pending"

    @property
    def tombstone(self):
        """Return what stands in its place for readers who may not read it."""
        match self.status:
            case "removed" | "spam":
                return f"Removed by the editors: {self.ruling.rule.name}."
            case "hidden" if self.hidden_until:
                return "Hidden for a while: the editors are looking at it."
            case "hidden" | "pending":
                return "Hidden while its writer and the editors look at it."
        return "Withdrawn by its writer."

    @property
    def fate(self):
        """Return what became of it, for its writer."""
        match self.status:
            case "published" | "withdrawn":
                return self.state
            case "pending":
                return "Waiting to be read by the editors. Nobody else sees it yet."
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
        is_against = self.status in ("hidden", "removed", "spam") and not self.is_shown
        return is_against and self.ruling is not None

    @property
    def appeal(self):
        """Return its writer's objection to the decision that stands, or None."""
        return next((a for a in self.ruling.appeals.all() if a.objector_id == self.author_id), None)

    @property
    def may_be_reworded(self):
        return self.status in self.machine["reword"].sources and self.hidden_until is None

    @property
    def may_be_withdrawn(self):
        return self.status in self.machine["withdraw"].sources
