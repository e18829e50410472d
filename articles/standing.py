from django.utils.text import get_text_list

from articles import promises
from articles.approved import since_read_by
from articles.models.private.awaiting import approvers, asked, awaited, names_of
from articles.sentences import AUTHOR_SENTENCES, CO_AUTHOR_NEXT_SENTENCES, LATE_SENTENCES, NEXT_SENTENCES
from articles.workflow import SUBMISSION
from forum.lib.moves import DESK

WITH_A_PROOF = SUBMISSION.where(accepted=True, writer="")
NO_DATE = ("asked", "to_declare")


class Standing:
    """Where a piece stands for one person: whether it is her turn, who else is awaited, and what follows.

    The sentences are those of `articles/sentences.py`; others are named as they are printed.
    """

    def __init__(self, piece, person):
        self.piece, self.person, self.key = piece, person, getattr(person, "pk", None)
        self.is_first = self.key == piece.corresponding_author_id
        waits_for = awaited(piece)
        self.is_hers = piece.status == "draft" or self.key in waits_for
        self.names = names_of(piece, waits_for - {self.key})
        self.case = self._case()

    @property
    def sentence(self):
        """Return the one sentence that says whose turn it is and by when."""
        article = getattr(self.piece, "article", None)
        if article and not article.is_out:
            return f"It appears on {promises.exactly(article.published_at)}."
        if article and article.status != "published":
            return f"The editors have {article.status} this piece."
        late = LATE_SENTENCES.get(self.case) if promises.has_passed(self.piece.due_at) else None
        lapses = self.piece.lapses_at and promises.exactly(self.piece.lapses_at)
        said = {"piece": self.piece, "others": self.others, "lapses": lapses}
        return (late or AUTHOR_SENTENCES[self.case]).format(**said) + self._besides()

    @property
    def others(self):
        """Return who else is awaited, in words."""
        return get_text_list(self.names, "and")

    @property
    def is_last(self):
        """Whether everybody else has approved the proof."""
        return self.piece.status == "proof" and self.is_hers and not self.names and bool(approvers(self.piece))

    @property
    def reads_again(self):
        """Whether she has read an earlier proof, and is shown what changed since."""
        return since_read_by(self.piece, self.person) is not None

    @property
    def who_acts(self):
        """Return who must act now: she, others of its authors, the editors, or nobody."""
        if self.is_hers:
            return get_text_list(["You", *(self.names if self.piece.status == "proof" else [])], "and")
        if self.case in ("approved", "with_another"):
            return self.others
        return "The editors" if self.case == "again" or self.piece.state.turn == DESK else ""

    @property
    def what_next(self):
        """Return the one sentence on what follows."""
        article = getattr(self.piece, "article", None)
        if article and article.status != "published":
            return ""
        sentences = NEXT_SENTENCES if self.is_first else CO_AUTHOR_NEXT_SENTENCES
        if article and not article.is_out:
            return sentences["scheduled"]
        by_itself = self.piece.status == "proof" and self.piece.publisher_id
        return sentences.get(self.case) or sentences["arranged" if by_itself else self.piece.status]

    @property
    def due_at(self):
        """Return until when, or None where no date was set for what is awaited."""
        return None if self.case in NO_DATE else self.piece.due_at

    def _case(self):
        """Return which sentence is hers: that of the state, or one that tells her part from the others'."""
        piece = self.piece
        if piece.status == "proof":
            hers = "proof" if self.is_first else "proof_of_several"
            return hers if self.is_hers else "approved" if self.names else "again"
        if self.key in asked(piece):
            return "asked"
        if self.is_hers:
            return "to_declare" if piece.status == "accepted" else piece.status
        if piece.status == "with_author":
            return "with_another"
        return "again" if piece.status == "accepted" and piece.came_from in WITH_A_PROOF else piece.status

    def _besides(self):
        """Return what else she should know while the next proof is made."""
        if self.piece.status != "accepted":
            return ""
        holds = " Your approval holds if no letter of it changes." if self.key in approvers(self.piece) else ""
        return holds + (f" Before that, we wait for the answer of {self.others}." if self.names else "")
