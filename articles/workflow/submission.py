"""The machine of a piece on its way in: every state and every legal move."""

from dataclasses import dataclass

from articles.guards import (
    accepted_it,
    has_a_guest,
    has_approved,
    has_conflict,
    has_eligible_editor,
    has_no_other_publisher,
    has_open_points,
    has_unready_pictures,
    is_approved_by_somebody,
    is_early_for_the_clock,
    is_handled_by_another,
    is_her_own,
    is_incomplete,
    is_not_late,
    is_not_overdue,
    is_public_already,
    is_too_close_to_print,
    is_too_long,
    is_unclassified,
    is_undeclared,
    is_unsigned,
    is_without_consent,
    might_be_its_author,
    waits_for_others,
    was_apologised_for,
    was_extended,
    was_reminded,
)
from articles.permissions import (
    asks_guests,
    decides,
    has_agreed,
    is_anyone,
    is_asked,
    is_author,
    is_author_or_clock,
    is_clock,
    is_editor,
    is_handling_editor,
    is_managing_editor,
    is_member,
    is_named,
    is_namesake,
    may_answer_safety,
    may_publish_by_hand,
    must_override,
    must_sign,
    names_authors,
    puts_back,
    sends_links,
    speaks_for_desk,
    was_asked_for,
)
from articles.workflow.audiences import AUTHOR, CO_AUTHOR, EDITOR, FORMER, MANAGING, PERSON, SIGNER
from forum.lib.moves import DESK, GRAVE, MAIN, SAME, Machine, Move, State, where

TO_PRINT = ("publish", "publish_anyway")
AUTHORS = "authors"


@dataclass(frozen=True)
class Stage(State):
    """Where a piece stands: whose turn it is and what is due then, who writes its text, and how far it has come.

    `promised` is what its authors hear next from the desk; `counts` is false of what is no submission, or not yet.
    """

    turn: str = ""
    due: str = ""
    promised: str = "the day of publication"
    writer: str = ""
    handled: bool = False
    accepted: bool = False
    approved: bool = False
    over: bool = False
    counts: bool = True

    @property
    def under_way(self):
        """Whether somebody still has something to do about what was sent in."""
        return bool(self.due)

    @property
    def open(self):
        """Whether it was sent in and has not ended without being published."""
        return self.under_way or self.accepted

    @property
    def undecided(self):
        """Whether the desk has still to say yes or no."""
        return self.under_way and not self.accepted

    @property
    def with_authors(self):
        """Whether it lies with its authors; for whom of them it waits is said by `awaited`."""
        return self.turn == AUTHORS

    @property
    def sent_back(self):
        """Whether the desk waits for its authors."""
        return self.under_way and self.with_authors


STAGES = {
    "draft": Stage("Draft", turn=AUTHORS, writer=AUTHOR, counts=False),
    "submitted": Stage("New", turn=DESK, due="First answer", promised="an answer"),
    "in_review": Stage("In review", turn=DESK, due="Decision", promised="a decision", handled=True),
    "with_author": Stage("With the author", turn=AUTHORS, due="Changes", writer=AUTHOR, handled=True),
    "accepted": Stage(
        "Accepted, being edited", turn=DESK, due="Proof to send", promised="the proof",
        writer=EDITOR, handled=True, accepted=True,
    ),
    "proof": Stage("Proof with the author", turn=AUTHORS, due="Approval", handled=True, accepted=True),
    "ready": Stage(
        "Ready to publish", turn=DESK, due="Day of publication",
        handled=True, accepted=True, approved=True,
    ),
    "published": Stage("Published", handled=True, accepted=True, approved=True),
    "declined": Stage("Declined", over=True),
    "dismissed": Stage("Not a submission", over=True, counts=False),
    "withdrawn": Stage("Withdrawn", over=True),
}  # fmt: skip
OPEN = where(STAGES, open=True)
SENT_IN = [*OPEN, *where(STAGES, over=True)]

SUBMISSION = Machine(
    "Submission",
    states=STAGES,
    moves={
        "begin": Move("", "draft", is_anyone, done="began a draft"),
        "tell_apart": Move(
            SENT_IN, SAME, is_namesake,
            label="No, that is somebody else", done="said that the author of the same name is somebody else",
            quiet=True,
        ),
        "submit": Move(
            "draft", "submitted", is_author,
            label="Submit to the editors", at=AUTHORS, tone=MAIN, done="submitted the piece",
            unless=[is_incomplete, is_too_long], tells=[AUTHOR, CO_AUTHOR],
        ),
        "take_up": Move(
            "submitted", "in_review", is_editor,
            label="I’ll handle this", tone=MAIN, done="took the piece up",
            unless=[has_conflict, might_be_its_author], tells=[AUTHOR],
        ),
        "accept": Move(
            "in_review", "accepted", is_handling_editor,
            label="Accept", tone=MAIN, done="accepted the piece",
            unless=[has_conflict, might_be_its_author], tells=[AUTHOR, CO_AUTHOR, EDITOR],
        ),
        "ask_for_changes": Move(
            "in_review", "with_author", is_handling_editor,
            label="Ask for changes", done="asked for changes",
            unless=[has_conflict, might_be_its_author], tells=[AUTHOR],
        ),
        "resubmit": Move(
            "with_author", "in_review", is_author,
            label="Send it back to the editor", at=AUTHORS, tone=MAIN, done="sent a new revision",
            unless=[is_incomplete, is_too_long, has_open_points], tells=[AUTHOR, EDITOR],
        ),
        "send_proof": Move(
            "accepted", "proof", is_handling_editor,
            label="Send the proof", tone=MAIN, done="sent the proof",
            unless=[
                is_too_close_to_print, might_be_its_author, is_incomplete, is_without_consent, is_unclassified,
                has_unready_pictures,
            ],
            tells=[AUTHOR, CO_AUTHOR],
        ),
        "declare": Move(
            "accepted proof", SAME, was_asked_for,
            label="Agree and declare", at=AUTHORS, tone=MAIN,
            done="agreed to be printed and declared what we ask for",
            unless=[is_approved_by_somebody], tells=[EDITOR],
        ),
        "sign_off": Move(
            "proof", "ready", must_sign,
            label="Approve this exact text", at=AUTHORS, tone=MAIN, link="Read the proof and approve it",
            done="approved this exact text",
            unless=[has_approved, is_undeclared, is_without_consent, waits_for_others],
            tells=[AUTHOR, CO_AUTHOR],
        ),
        "request_correction": Move(
            "proof", "accepted", is_author,
            label="Ask for a correction", at=AUTHORS, done="asked for a correction in the proof",
            tells=[CO_AUTHOR, EDITOR],
        ),
        "publish_on_approval": Move(
            "accepted proof", SAME, is_managing_editor,
            label="Publish on approval", done="arranged that approval publishes the piece",
            unless=[has_conflict, might_be_its_author, accepted_it],
        ),
        "publish_by_hand": Move(
            "accepted proof", SAME, may_publish_by_hand,
            label="Do not publish on approval", done="arranged that approval does not publish the piece",
            unless=[has_conflict],
        ),
        "hold_back": Move(
            "ready", SAME, is_clock,
            done="could not publish the piece on approval, and left it to the editors",
            tells=[EDITOR],
        ),
        "co_sign": Move(
            "proof", SAME, must_sign,
            done="approved the text as one of its authors",
            unless=[has_approved, is_undeclared, is_without_consent], tells=[SIGNER],
        ),
        "ask_consent": Move(
            "submitted in_review with_author accepted", SAME, names_authors,
            done="asked a co-author to agree",
            tells=[PERSON],
        ),
        "consent": Move(
            "submitted in_review with_author accepted", SAME, is_asked,
            label="I agree", at=AUTHORS, tone=MAIN, link="Say whether you wrote it together",
            done="agreed to be printed as one of the authors",
        ),
        "take_off": Move(
            "submitted in_review with_author accepted", SAME, names_authors,
            done="took a co-author off the piece",
            tells=[PERSON],
        ),
        "identify": Move(SENT_IN, SAME, is_member, done="moved the invitation to another account", quiet=True),
        "write_editor": Move(
            OPEN, SAME, is_author,
            label="Write to the editors", at=AUTHORS, done="wrote to the editors",
            tells=[EDITOR], quiet=True,
        ),
        "take_back": Move(
            "submitted", "draft", is_author,
            label="Take back to change", at=AUTHORS, done="took the piece back",
            tells=[CO_AUTHOR],
        ),
        "extend": Move(
            "with_author", SAME, is_author_or_clock,
            label="I need two more weeks", at=AUTHORS, done="moved the date for the changes by two weeks",
            unless=[was_extended, is_early_for_the_clock], tells=[AUTHOR],
        ),
        "change_byline": Move(
            "submitted in_review with_author accepted proof", SAME, has_agreed,
            label="Change your name or lines", at=AUTHORS, done="changed how one of the authors is printed",
            unless=[is_approved_by_somebody], tells=[EDITOR],
        ),
        "refuse": Move(
            "submitted in_review with_author accepted", SAME, is_named,
            label="Take my name off", at=AUTHORS, done="did not agree to be printed as one of the authors",
            tells=[EDITOR],
        ),
        "take_name_off": Move(
            "proof ready", "accepted", is_named,
            label="Take my name off", at=AUTHORS, done="took a name off the piece, so no approval holds",
            tells=[AUTHOR, CO_AUTHOR, EDITOR],
        ),
        "send_link": Move(
            where(STAGES, under_way=True, handled=True), SAME, sends_links,
            label="Send a new personal link", done="sent a new personal link",
            unless=[is_too_close_to_print], tells=[PERSON],
        ),
        "publish": Move(
            "ready", "published", is_managing_editor,
            label="Publish", tone=MAIN, done="sent the piece to print",
            unless=[
                has_no_other_publisher, might_be_its_author, accepted_it, is_without_consent, is_unsigned,
                is_unclassified, has_unready_pictures,
            ],
            tells=[AUTHOR, CO_AUTHOR],
        ),
        "publish_anyway": Move(
            "ready", "published", must_override,
            label="Publish all the same", tone=GRAVE, done="sent the piece to print after accepting it as well",
            unless=[
                has_no_other_publisher, might_be_its_author, is_without_consent, is_unsigned, is_unclassified,
                has_unready_pictures,
            ],
            tells=[AUTHOR, CO_AUTHOR, MANAGING],
        ),
        "reschedule": Move(
            "published", SAME, is_managing_editor,
            label="Move the date", done="moved the date of publication",
            unless=[has_no_other_publisher, is_public_already], tells=[AUTHOR, CO_AUTHOR],
        ),
        "unschedule": Move(
            "published", "ready", is_managing_editor,
            label="Call off publication", tone=GRAVE, done="called off publication",
            unless=[has_no_other_publisher, is_public_already], tells=[AUTHOR, CO_AUTHOR],
        ),
        "decline": Move(
            "submitted in_review", "declined", decides,
            label="Decline", tone=GRAVE, done="declined the piece",
            unless=[has_conflict, might_be_its_author, is_handled_by_another], tells=[AUTHOR, CO_AUTHOR],
        ),
        "dismiss": Move(
            "submitted", "dismissed", is_editor,
            label="Not a submission", tone=GRAVE, done="set it aside as not a submission",
            unless=[has_conflict, might_be_its_author],
        ),
        "remind": Move(
            where(STAGES, sent_back=True), SAME, is_clock,
            done="sent a reminder of the date",
            unless=[was_reminded], tells=[AUTHOR, CO_AUTHOR],
        ),
        "apologise": Move(
            where(STAGES, turn=DESK), SAME, is_clock,
            done="apologised for being late and set a new date",
            unless=[is_not_late, was_apologised_for], tells=[AUTHOR, CO_AUTHOR],
        ),
        "postpone": Move(
            where(STAGES, under_way=True), SAME, is_clock,
            done="moved the date because the desk is on holiday",
            tells=[AUTHOR, CO_AUTHOR],
        ),
        "call_back": Move(
            "with_author", "in_review", is_handling_editor,
            label="Call back", done="called the piece back",
            unless=[has_conflict], tells=[AUTHOR],
        ),
        "recall_proof": Move(
            "proof", "accepted", is_handling_editor,
            label="Recall the proof", done="recalled the proof",
            unless=[is_too_close_to_print], tells=[AUTHOR, CO_AUTHOR],
        ),
        "unlock": Move(
            "ready", "accepted", is_handling_editor,
            label="Unlock for editing", done="unlocked the text, so the approval no longer holds",
            unless=[is_too_close_to_print], tells=[AUTHOR, CO_AUTHOR],
        ),
        "ask_guest": Move(
            "submitted in_review", "in_review", asks_guests,
            done="asked a guest to decide",
            unless=[has_eligible_editor, has_a_guest], tells=[PERSON, FORMER],
        ),
        "put_back": Move(
            "in_review", "submitted", puts_back,
            label="Put back in the queue", done="put the piece back in the queue",
            unless=[has_conflict], tells=[FORMER],
        ),
        "assign": Move(
            "submitted", "in_review", is_managing_editor,
            label="Give to an editor", done="gave the piece to an editor",
            unless=[has_conflict], tells=[EDITOR],
        ),
        "reassign": Move(
            where(STAGES, under_way=True, handled=True), SAME, is_managing_editor,
            label="Give to another editor", done="gave the piece to another editor",
            unless=[is_too_close_to_print], tells=[EDITOR, FORMER],
        ),
        "revoke": Move(
            "accepted proof ready", "declined", is_managing_editor,
            label="Revoke the acceptance", tone=GRAVE, done="revoked the acceptance",
            unless=[has_conflict, might_be_its_author], tells=[AUTHOR, CO_AUTHOR, EDITOR],
        ),
        "write_author": Move(
            OPEN, SAME, speaks_for_desk,
            label="Write to the author", done="wrote to the author",
            unless=[has_conflict], tells=[AUTHOR], quiet=True,
        ),
        "withdraw": Move(
            OPEN, "withdrawn", is_author,
            label="Withdraw this piece", at=AUTHORS, tone=GRAVE, done="withdrew the piece",
            unless=[is_public_already], tells=[AUTHOR, CO_AUTHOR, EDITOR],
        ),
        "lapse": Move(
            "with_author", "withdrawn", is_clock,
            done="set the piece aside because the date passed",
            unless=[is_not_overdue], tells=[AUTHOR, CO_AUTHOR, EDITOR],
        ),
        "reconsider": Move(
            "declined withdrawn dismissed", "in_review", is_managing_editor,
            label="Reconsider", done="took the piece up again",
            unless=[has_conflict, might_be_its_author], tells=[AUTHOR, CO_AUTHOR, EDITOR],
        ),
        "rename": Move(
            [*STAGES], SAME, may_answer_safety,
            done="changed a name on the piece",
            quiet=True, secret=True,
        ),
        "commission": Move(
            "", "accepted", is_editor,
            done="commissioned the piece",
            unless=[is_her_own], tells=[AUTHOR],
        ),
    },
)  # fmt: skip
