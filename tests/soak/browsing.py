"""Somebody signed in who presses again where no answer came, against a site that may be dead just then."""

import http.client
import re
import secrets
import time
from contextlib import suppress
from urllib.parse import urlencode, urljoin

from lxml import html

TOKEN = secrets.token_hex(16)
CUT_OFF = (OSError, http.client.HTTPException)


class Browser:
    """One person's session; `deadline` is when she gives up waiting for the site."""

    def __init__(self, port, session):
        self.port, self.deadline = port, time.monotonic() + 3600
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}

    def ask(self, path, body=None, kind="application/x-www-form-urlencoded"):
        """Return the status, where it leads and the page of one answer; raises one of `CUT_OFF`."""
        way = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {**self.headers, "Content-Type": kind} if body else self.headers
            way.request("POST" if body else "GET", path, body, headers)
            answer = way.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read()
        finally:
            way.close()

    def insist(self, *asked):
        """Ask until an answer comes that is not 503."""
        while time.monotonic() < self.deadline:
            with suppress(*CUT_OFF):
                status, leads, page = self.ask(*asked)
                if status != 503:
                    return status, leads, page
            time.sleep(0.1)
        raise TimeoutError(f"{asked[0]} never answered")

    def form(self, path, button):
        """Return the target and the fields of the form on a page with this address behind a button, or None."""
        status, _, page = self.insist(path)
        for form in html.fromstring(page).forms if status == 200 else []:
            targets = [form.get("action") or path, *form.xpath(".//@formaction")]
            for target in (urljoin(path, target) for target in targets):
                if re.search(button, target) and form.method == "POST":
                    return target, dict(form.form_values())
        return None

    def press(self, target, fields):
        """Press until an answer comes; return the status and where it leads."""
        status, leads, _ = self.insist(target, urlencode({**fields, "csrfmiddlewaretoken": TOKEN}))
        return status, leads

    def send_file(self, path, name, data):
        """Send a file once; return the status and where it leads, or None where no answer came."""
        border = secrets.token_hex(8)
        head = f'--{border}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n'
        head += f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        head += "Content-Type: application/octet-stream\r\n\r\n"
        body = head.encode() + data + f"\r\n--{border}--\r\n".encode()
        with suppress(*CUT_OFF):
            return self.ask(path, body, f"multipart/form-data; boundary={border}")[:2]
        return None
