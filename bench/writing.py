"""Comments, posted by many members as browsers post them, while readers are served."""

import time
import uuid
from contextlib import closing
from itertools import cycle
from urllib.parse import urlencode

from bench.load import Caller, Sample, again, request, together
from bench.pages import SENT

TOKEN = "a" * 32
FORM = {"content-type": "application/x-www-form-urlencoded", "origin": f"https://{SENT['host']}"}
WRITERS, READERS = 8, 2


def posting(path, cookie, *, network="127.0.0.1"):
    """Return the request that posts a comment."""
    text = f"Comment {uuid.uuid4()} about the treaty. It says one thing, and says it at some length."
    body = urlencode({"text": text, "key": str(uuid.uuid4()), "csrfmiddlewaretoken": TOKEN}).encode()
    cookies = f"{cookie}; __Host-csrf={TOKEN}"
    return request(path + "comments/post/", cookies, method="POST", body=body, **FORM, **{"x-forwarded-for": network})


def written(server, corpus, seconds):
    """Let members write for some seconds, each from her own network, and readers read; return a sample of each."""
    members, paths = corpus["members"], cycle(corpus["discussions"])
    shares = [members[place::WRITERS] for place in range(WRITERS)]
    writers = [(write, (server, [(cookie, next(paths)) for cookie in share], seconds)) for share in shares]
    read = request(corpus["pages"]["article"][1])
    readers = [(again, (server.port, server.is_secure, read, seconds))] * READERS
    came = together([*writers, *readers])
    accepted = [took for each in came[:WRITERS] for took in each]
    served = [took for each, _ in came[WRITERS:] for took in each]
    return Sample(accepted, seconds, 0), Sample(served, seconds, 0)


def write(server, turns, seconds):
    """Post as one member after the other; return how long each comment took that was accepted."""
    until, took = time.perf_counter() + seconds, []
    with closing(Caller(server.port, is_secure=server.is_secure)) as caller:
        for turn, (cookie, path) in enumerate(cycle(turns)):
            network = f"10.{hash(cookie) % 250}.{turn // 250 % 250}.{turn % 250}"
            start = time.perf_counter()
            if start > until:
                return took
            status, head, _ = caller.ask(posting(path, cookie, network=network))
            if status != 302 or b"/accounts/" in head:
                raise RuntimeError(f"A comment was answered by {status}")
            took.append(time.perf_counter() - start)
    return took
