"""What an author reads of where her piece stands, one sentence for each state."""

AUTHOR_SENTENCES = {
    "draft": "This is a draft: finish it, and submit it when you are ready.",
    "submitted": "It is the editors’ turn: you hear from one of them by {piece.due}.",
    "in_review": "It is the editors’ turn: you have a decision by {piece.due}.",
    "with_author": "It is your turn: send the changes by {piece.due}.",
    "accepted": "It is the editors’ turn: your piece is accepted, and you have the proof by {piece.due}.",
    "proof": "It is your turn: read the proof and approve it, or ask for a correction, by {piece.due}.",
    "ready": "It is the editors’ turn: you approved the text, and you hear the day of publication by {piece.due}.",
    "published": "Your piece is published.",
    "declined": "The editors decided not to publish this piece.",
    "dismissed": "The editors set this aside.",
    "withdrawn": "This piece was withdrawn.",
}

LATE_SENTENCES = {
    "submitted": "It is the editors’ turn, and they are late: you were to hear from one of them by {piece.due}. "
    "We are sorry. The managing editors know.",
    "in_review": "It is the editors’ turn, and they are late: you were to have a decision by {piece.due}. "
    "We are sorry. The managing editors know.",
    "with_author": "It is your turn: the changes were due by {piece.due}. "
    "You can still send them until {piece.lapses}; then we set the piece aside.",
    "accepted": "It is the editors’ turn, and they are late: you were to have the proof by {piece.due}. "
    "We are sorry. The managing editors know.",
    "proof": "It is your turn: we asked you to read the proof by {piece.due}. "
    "Nothing is printed until you approve it, or ask for a correction.",
    "ready": "It is the editors’ turn, and they are late: you were to hear the day of publication by {piece.due}. "
    "We are sorry. The managing editors know.",
}

NEXT_SENTENCES = {
    "draft": "Once you submit it, an editor takes it up and reads it.",
    "submitted": "An editor takes it up and reads it. Until then you can take it back and change it.",
    "in_review": "Your editor writes to you: yes, no, or a letter that asks for changes.",
    "with_author": "Your editor reads the new version, and decides.",
    "accepted": "Your editor edits the text and sends you the proof. Nothing is printed that you have not approved.",
    "proof": "Once all who wrote it have approved the proof, a managing editor sets the day of publication.",
    "ready": "A managing editor sets the day of publication, and you hear of it at once.",
    "scheduled": "You get a letter with the link when readers can see it. Until then you can withdraw it.",
    "published": "Readers answer it under the article, and so can you.",
    "declined": "It is yours: send it elsewhere, or begin a new draft from it.",
    "dismissed": "If this is a mistake, begin a new draft from it, or write to us.",
    "withdrawn": "It is yours: send it elsewhere, or begin a new draft from it.",
}
