"""nginx as it is measured: before our site as docs/nginx.conf has it, and with the same bytes as a file."""

import gzip
from contextlib import contextmanager

from bench.servers import Server, running
from tests.operations.fronting import AROUND, NGINX, a_port, certify, fronted

STATIC = """
server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/fullchain.pem;
    ssl_certificate_key {folder}/privkey.pem;
    default_type text/html;
    gzip_static on;
    root {folder}/pages;
    location / {{ try_files /page.html =404; }}
    location = /healthz {{ return 200; }}
}}
"""


@contextmanager
def before(webs, folder):
    """Run nginx before the web processes of a site."""
    folder.mkdir(parents=True)
    with fronted(folder, "; server ".join(f"127.0.0.1:{web.port}" for web in webs)) as front:
        master = int((folder / "pid").read_text())
        roots = [root for web in webs for root in web.roots]
        yield Server(front.https_port, (master, *roots), webs[0].database, is_secure=True)


@contextmanager
def with_a_file(page, folder):
    """Run nginx that answers everything with a page that was compressed before."""
    (folder / "pages").mkdir(parents=True)
    (folder / "pages/page.html").write_bytes(page)
    (folder / "pages/page.html.gz").write_bytes(gzip.compress(page, 6))
    certify(folder)
    port = a_port()
    (folder / "forum.conf").write_text(STATIC.format(port=port, folder=folder))
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=folder.owner()))
    with running([NGINX, "-c", str(folder / "nginx.conf")], None, port, is_secure=True) as process:
        yield Server(port, (process.pid,), is_secure=True)
