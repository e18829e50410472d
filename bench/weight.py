"""What a reader's browser asks for to show a page, and what comes over the wire for it."""

import gzip
import re
from contextlib import closing

from bench.load import Caller, request

PARTS = re.compile(rb'<(?:link rel="(?:icon|stylesheet)"[^>]*? href|(?:script|img)[^>]*? src)="([^"]+)')


def weight(server, path):
    """Return the number of requests, and the bytes of the page alone and of everything, compressed."""
    with closing(Caller(server.port, is_secure=server.is_secure)) as caller:
        _, head, page = caller.ask(request(path))
        html = gzip.decompress(page) if b"content-encoding: gzip" in head.lower() else page
        parts = [caller.ask(request(part.decode()))[2] for part in sorted(set(PARTS.findall(html)))]
    return 1 + len(parts), len(page), len(page) + sum(map(len, parts))
