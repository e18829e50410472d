"""What a worker keeps of uploads."""

import os
import re
import subprocess
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from io import BytesIO
from time import sleep
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from docx import Document
from PIL import Image

from tests.soak.conftest import wait_for

pytestmark = pytest.mark.soak

UPLOADS, AT_ONCE, TRIES = 20, 8, 3  # who comes while two are read and waits too long is asked to come again
MOST = 250  # MB; it was 650
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def a_word_file():
    """A Word file of 17 MB with five pictures."""
    document, target = Document(), BytesIO()
    document.add_paragraph("Treaties outlive those who sign them. " * 100)
    for _ in range(5):
        picture = BytesIO()
        Image.frombytes("RGB", (1080, 1060), os.urandom(1080 * 1060 * 3)).save(picture, "PNG", compress_level=0)
        document.add_picture(picture)
    document.save(target)
    return target.getvalue()


def upload(site, data):
    """Begin a piece with a file, as a stranger's browser does; say whether one was begun."""
    browser, border = build_opener(HTTPCookieProcessor(CookieJar())), uuid.uuid4().hex
    form = browser.open(f"{site.address}/get-published/new/").read().decode()
    sleep(3.5)  # a form answered at once is a machine's
    part = f'--{border}\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    body = "".join(part % (name, "") + value + "\r\n" for name, value in HIDDEN.findall(form))
    body += part % ("file", '; filename="treaty.docx"')
    body = body.encode() + data + f"\r\n--{border}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={border}", "Referer": site.address}
    with browser.open(Request(f"{site.address}/get-published/new/", body, headers)) as answer:
        return "/submissions/" in answer.url


def megabytes(worker):
    """Return what a process holds in memory."""
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", worker])) // 1024


def test_a_worker_keeps_nothing_of_twenty_large_uploads(site):
    data = a_word_file()
    assert 16 < len(data) / 1024**2 < 18
    with site.started() as process:
        wait_for(lambda: site.ask("/healthz"), process)
        worker = subprocess.check_output(["pgrep", "-P", str(process.pid)], text=True).strip()
        before = megabytes(worker)
        with ThreadPoolExecutor(AT_ONCE) as browsers:
            begun = [*browsers.map(lambda _: any(upload(site, data) for _ in range(TRIES)), range(UPLOADS))]
        assert begun == [True] * UPLOADS
        after = megabytes(worker)
        assert after < MOST, f"{before} MB before, {after} MB after"
