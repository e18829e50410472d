"""The measure of everything: one page from memory, answered by nothing but gunicorn."""

import os
from pathlib import Path

PAGE = Path(os.environ["BARE_PAGE"]).read_bytes()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(PAGE)))]


def application(environ, start_response):
    """Answer whatever is asked with the page."""
    start_response("200 OK", HEADERS)
    return [PAGE]
