"""The pages that are measured: who asks for them, and where they are."""

NOBODY, MEMBER, EDITOR, MANAGING, MODERATOR = "", "member", "editor", "managing editor", "moderator"
SENT = {"host": "forum.example", "x-forwarded-proto": "https", "accept-encoding": "gzip"}
PAGES = {
    "home": (NOBODY, "/"),
    "article": (NOBODY, "{article}"),
    "topic": (NOBODY, "/topics/diplomacy/"),
    "question": (NOBODY, "/questions/question-0/"),
    "author": (NOBODY, "/authors/author-0/"),
    "archive": (NOBODY, "/archive/"),
    "sitemap": (NOBODY, "/sitemap.xml"),
    "sitemap of pieces": (NOBODY, "/sitemap-pieces-1.xml"),
    "feed": (NOBODY, "/feed.atom"),
    "home, signed in": (MEMBER, "/"),
    "article, signed in": (MEMBER, "{article}"),
    "desk, editor": (EDITOR, "/admin/"),
    "desk, managing editor": (MANAGING, "/admin/"),
    "submissions, editor": (EDITOR, "/admin/submissions/"),
    "submissions, managing editor": (MANAGING, "/admin/submissions/"),
    "published pieces, editor": (EDITOR, "/admin/articles/"),
    "comments, moderator": (MODERATOR, "/admin/comments/"),
}
