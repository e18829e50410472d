"""What an author reads of where her piece stands: one sentence for each state, and for her part in it.

A person who has done her part is told who is awaited, never that it is her turn.
"""

AUTHOR_SENTENCES = {
    "draft": "This is a draft: finish it, and submit it when you are ready.",
    "submitted": "It is the editors’ turn: you hear from one of them by {piece.due}.",
    "in_review": "It is the editors’ turn: you have a decision by {piece.due}.",
    "with_author": "It is your turn: send the changes by {piece.due}.",
    "accepted": "It is the editors’ turn: your piece is accepted, and you have the proof by {piece.due}.",
    "again": "It is the editors’ turn: you have a new proof by {piece.due}.",
    "asked": "It is your turn: read it, and say whether you agree to be printed as one of its authors.",
    "to_declare": "It is your turn: agree to be printed, and declare what we ask every author for.",
    "with_another": "It waits for {others}: we asked for changes by {piece.due}.",
    "proof": "It is your turn: read the proof and approve it, or ask for a correction, by {piece.due}.",
    "proof_of_several": "It is your turn: read the proof and approve it by {piece.due}.",
    "approved": "You have approved it. It waits for {others} until {piece.due}.",
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
    "You can still send them until {lapses}; then we set the piece aside.",
    "accepted": "It is the editors’ turn, and they are late: you were to have the proof by {piece.due}. "
    "We are sorry. The managing editors know.",
    "again": "It is the editors’ turn, and they are late: you were to have a new proof by {piece.due}. "
    "We are sorry. The managing editors know.",
    "with_another": "It waits for {others}: we asked for changes by {piece.due}.",
    "proof": "It is your turn: we asked you to read the proof by {piece.due}. "
    "Nothing is printed until you approve it, or ask for a correction.",
    "proof_of_several": "It is your turn: we asked you to read the proof by {piece.due}. "
    "Nothing is printed until you approve it.",
    "approved": "You have approved it. It waits for {others}; we asked for every approval by {piece.due}.",
    "ready": "It is the editors’ turn, and they are late: you were to hear the day of publication by {piece.due}. "
    "We are sorry. The managing editors know.",
}

NEXT_SENTENCES = {
    "draft": "Once you submit it, an editor takes it up and reads it.",
    "submitted": "An editor takes it up and reads it. Until then you can take it back and change it.",
    "in_review": "Your editor writes to you: yes, no, or a letter that asks for changes.",
    "with_author": "Your editor reads the new version, and decides.",
    "accepted": "Your editor edits the text and sends you the proof. Nothing is printed that you have not approved.",
    "asked": "Your editors go on with it meanwhile. Before it is printed, you approve the exact text.",
    "to_declare": "Your editor sends you the proof. Nothing is printed that you have not approved.",
    "proof": "Once all who wrote it have approved the proof, a managing editor sets the day of publication.",
    "arranged": "Once all who wrote it have approved the proof, it is published.",
    "ready": "A managing editor sets the day of publication, and you hear of it at once.",
    "scheduled": "You get a letter with the link when readers can see it. Until then you can withdraw it.",
    "published": "Readers answer it under the article, and so can you.",
    "declined": "It is yours: send it elsewhere, or begin a new draft from it.",
    "dismissed": "If this is a mistake, begin a new draft from it, or write to us.",
    "withdrawn": "It is yours: send it elsewhere, or begin a new draft from it.",
}

CO_AUTHOR_NEXT_SENTENCES = NEXT_SENTENCES | {  # what the others offer is pressed by whoever sent it in
    "submitted": "An editor takes it up and reads it.",
    "scheduled": "You get a letter with the link when readers can see it. "
    "Answer our mail at once if it should not appear.",
    "declined": "It is yours, with the others who wrote it.",
    "dismissed": "If this is a mistake, answer our mail.",
    "withdrawn": "It is yours, with the others who wrote it.",
}
