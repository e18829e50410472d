"""What an author declares about a piece: each question, the policy she reads beside it, and who reads her answer."""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Matter:
    """One thing to declare. Dictionaries go by answer; what is in no dictionary asks, prints or alerts nothing.

    `missing` names it among what a piece still needs. `follow_up` asks for words, and `demands` says which
    answers need them. `printed` is what readers are told; `second_look` what the desk is.
    """

    key: str
    asks: str
    policy: str
    answers: dict[str, str]
    missing: str
    follow_up: str
    demands: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    printed_as: str = ""
    second_look: dict[str, str] = field(default_factory=dict)
    several: bool = False
    only_with_figures: bool = False

    def in_words(self, chosen):
        """Return the answers chosen, in the words they stand in on the form."""
        return "; ".join(words for answer, words in self.answers.items() if answer in chosen)

    def lacks(self, chosen, words):
        """Return what still has to be said, or ""."""
        if not chosen:
            return "Choose an answer."
        if "none" in chosen and len(chosen) > 1:
            return "You chose “not at all” and something else. Take one of them out."
        return "" if words else self.demanded(chosen)

    def demanded(self, chosen):
        """Return why these answers need words, or ""."""
        return next((why for answer, why in self.demands.items() if answer in chosen), "")

    def for_readers(self, chosen, words):
        """Return what is printed under the piece, or ""."""
        phrases = [self.printed[answer] for answer in self.printed if answer in chosen]
        if not phrases:
            return ""
        listed = ", ".join(filter(None, phrases))
        return " ".join(filter(None, [f"{listed[:1].upper()}{listed[1:]}." if listed else "", words]))


MATTERS = (
    Matter(
        key="original",
        asks="Is it yours, and is it new?",
        policy="We print what its author wrote herself. A piece that appeared elsewhere can be right for us, "
        "if we know; then we print where it appeared.",
        answers={
            "new": "I wrote it myself, and it has not been published before",
            "published": "I wrote it myself, and it, or a part of it, has been published",
        },
        missing="whether it is yours and new",
        follow_up="Where and when it was published",
        demands={"published": "Say where it was published."},
        printed={"published": ""},
        printed_as="Published before",
        second_look={"published": "It was published before, in whole or in part."},
    ),
    Matter(
        key="elsewhere",
        asks="Is it with another publication now?",
        policy="You may offer it to several. Tell us, and tell us when another takes it. We do not print this.",
        answers={"no": "No, only with you", "yes": "Yes, it is"},
        missing="whether it is with another publication",
        follow_up="With which",
        demands={"yes": "Say with which."},
        second_look={"yes": "It is with another publication at the same time."},
    ),
    Matter(
        key="interests",
        asks="Does anybody in it pay you, employ you, fund your work, or have any other claim on you?",
        policy="A tie does not rule a piece out, but readers are told of it: we print what you write here.",
        answers={"no": "No, nobody", "yes": "Yes, as I say below"},
        missing="a word on conflicts of interest and funding",
        follow_up="Who it is, in a sentence for readers",
        demands={"yes": "Say what the conflict of interest is."},
        printed={"yes": ""},
        printed_as="Interests and funding",
        second_look={"yes": "Its author has an interest in it, or was funded."},
    ),
    Matter(
        key="ai",
        asks="How did you use AI?",
        policy="Correcting your English with a machine is fine. A text that a machine wrote is not. "
        "We run no detector: we take your word, and print it under the piece.",
        answers={
            "none": "Not at all",
            "language": "To correct the language",
            "research": "To find sources or ideas",
            "drafting": "To draft parts of the text",
            "images": "To make pictures",
        },
        missing="how AI was used",
        follow_up="What it did, and what you checked",
        demands={
            "research": "Say what it found, and what you checked.",
            "drafting": "Say what it drafted, and what you checked.",
            "images": "Say which pictures it made.",
        },
        printed={
            "none": "none",
            "language": "to correct the language",
            "research": "to find sources or ideas",
            "drafting": "to draft parts of the text",
            "images": "to make pictures",
        },
        printed_as="Use of AI",
        second_look={"drafting": "AI drafted parts of the text.", "images": "AI made pictures."},
        several=True,
    ),
    Matter(
        key="coursework",
        asks="Did you write it for a course?",
        policy="Essays from a course are welcome. Some institutions ask to be told first. We do not print this.",
        answers={
            "no": "No",
            "known": "Yes, and the institution knows that I send it here",
            "unknown": "Yes, and the institution does not know, or I am not sure",
        },
        missing="whether it was written for a course",
        follow_up="Which course, and where",
        demands={"known": "Say which course, and where.", "unknown": "Say which course, and where."},
        second_look={"unknown": "It is coursework, and the institution does not know that it was sent in."},
    ),
    Matter(
        key="figures",
        asks="May we print the pictures?",
        policy="You made them, or whoever did allows it. Whose they are is printed beside each of them.",
        answers={
            "own": "I made them all",
            "permitted": "Not all are mine, and I have permission",
            "unsure": "I am not sure yet",
        },
        missing="whether we may print the pictures",
        follow_up="Whose they are, and who gave permission",
        demands={"permitted": "Say whose they are, and who gave permission."},
        second_look={"unsure": "It is not clear yet that its pictures may be printed."},
        only_with_figures=True,
    ),
)

BY_KEY = {matter.key: matter for matter in MATTERS}
WORDING = hashlib.sha256("".join(f"{m.asks}{m.policy}{m.answers}" for m in MATTERS).encode()).hexdigest()[:16]
"""Changes with any word an author reads: an answer given to other words is asked for again."""


def matters(piece):
    """Return what the author of a piece is asked to declare."""
    has_figures = "<figure" in piece.body
    return [matter for matter in MATTERS if has_figures or not matter.only_with_figures]


def undeclared(piece):
    """Return what is still to be declared, in plain words."""
    declared = piece.declarations.by_key()
    return [m.missing for m in matters(piece) if m.key not in declared or declared[m.key].lacks]


def was_commissioned(piece):
    """Say whether an editor asked for it; then nobody sent it in and declared anything at first."""
    return piece.events.filter(verb="commission").exists()


def is_declared(piece):
    """Say whether its author has agreed and declared since it was commissioned."""
    return piece.events.filter(verb="declare").exists()
