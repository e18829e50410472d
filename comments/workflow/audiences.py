"""Who is told of a move in the discussion."""

WRITER, REPORTERS, OBJECTOR, MODERATORS, GUEST = "writer", "reporters", "objector", "moderators", "guest"
CONCERNED, SANCTIONED = "those who had reported", "sanctioned"
