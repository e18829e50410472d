"""Who is told of a move of a piece."""

AUTHOR, CO_AUTHOR, EDITOR, MANAGING, PERSON = "author", "co_author", "editor", "managing", "person"
FORMER = "former"  # the editor a piece was taken from
TO_THE_DESK = (EDITOR, MANAGING, FORMER)
SIGNER = "signer"  # whoever made the move herself, for her own records
