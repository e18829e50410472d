"""nginx as docs/nginx.conf has it, with other ports and folders and a certificate of its own."""

import http.client
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
CONFIGURATION = Path(__file__).parents[2] / "docs/nginx.conf"
NAME = "forum.example"
AROUND = """
daemon off;
user {user};
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    include {folder}/forum.conf;
}}
"""


def a_port():
    """Return a port where nobody listens."""
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        return somebody.getsockname()[1]


class Front:
    """A running nginx, asked as browsers ask it."""

    def __init__(self, http_port, https_port):
        self.http_port, self.https_port = http_port, https_port
        self.host = f"{NAME}:{https_port}"

    def ask(self, path="/", method="GET", body=None, *, is_secure=True, slowly=False, **headers):
        """Return the answer, its body as `body`, and as `text` where it is not packed; `slowly`: a second later."""
        if is_secure:
            own = ssl._create_unverified_context()  # noqa: S323 - it is our own certificate
            way = http.client.HTTPSConnection("127.0.0.1", self.https_port, timeout=20, context=own)
        else:
            way = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=20)
        way.request(method, path, body, {"Host": self.host} | {k.replace("_", "-"): v for k, v in headers.items()})
        time.sleep(slowly)
        answer = way.getresponse()
        answer.body = answer.read()
        answer.text = "" if answer.headers["Content-Encoding"] else answer.body.decode()
        way.close()
        return answer

    def until(self, path, status):
        """Ask again and again, for half a minute, until the answer is this one."""
        for _ in range(60):
            if self.ask(path).status == status:
                return True
            time.sleep(0.5)
        return False


@contextmanager
def fronted(folder, site):
    """Run nginx before the site that listens at `site`."""
    front = Front(a_port(), a_port())
    said = CONFIGURATION.read_text(encoding="utf-8")
    for ours, here in {
        "listen 80;": f"listen 127.0.0.1:{front.http_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{front.https_port} ssl;",
        "server 127.0.0.1:8000;": f"server {site};",
        "/etc/letsencrypt/live/forum.example": str(folder),
        "/run/forum": f"{folder}/kept",
        "inactive=60s": "inactive=4s",
    }.items():
        assert ours in said
        said = said.replace(ours, here)
    (folder / "forum.conf").write_text(said)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=folder.owner()))
    certify(folder)
    nginx = subprocess.Popen([NGINX, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        wait_for(front.https_port)
        yield front
    finally:
        nginx.terminate()
        nginx.wait(20)


def certify(folder):
    """Make a certificate that nobody else believes."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def wait_for(port, seconds=20):
    """Return once somebody listens at a port."""
    for _ in range(seconds * 10):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)
