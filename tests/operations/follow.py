"""Follow docs/operations.md from nothing to a site, a backup, a restored site and a newer version.

`python -m tests.operations.follow`, as root. Every command that is set apart there is run as it stands, except that
folders lie below a new one, ports are free ones, and apt, adduser, certbot and systemctl have stand-ins here.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from tests.mailserver import serving
from tests.operations.fronting import AROUND, NGINX, a_port, certify, wait_for

ROOT = Path(__file__).resolve().parents[2]
DATA = [f"/var/{kind}/forum" for kind in ("lib", "backups", "cache")]
FOLDERS = ["/srv/forum", *DATA, "/etc/nginx", "/etc/systemd/system"]
STAND_INS = """
set -euo pipefail
apt-get() { :; }
adduser() { :; }
certbot() { stand_in certbot; }
systemctl() { stand_in systemctl "$@"; }
stand_in() { (cd "$ROOT" && "$PYTHON" -m tests.operations.follow "$@"); }
nginx() { command "$FRONT" -c "$STAGE/nginx.conf" "$@"; }
curl() { command curl --silent --show-error --insecure --connect-to "forum.example:443:127.0.0.1:$HTTPS" "$@"; }
runuser() {
    local who=$2; shift 3
    case $who in
        postgres) PGUSER=postgres "$@" ;;
        forum) PGUSER=forum command runuser -u "$SOMEBODY" -- "$@" ;;
    esac
}
"""
PATH = f"/usr/sbin:/usr/bin:/sbin:/bin:{os.environ['PATH']}"  # Debian's own first
A_PIECE = """
from PIL import Image
import io
from accounts.models import User
from articles.models import Picture
from tests import makers
people = {name: User.objects.register(f"{name}@example.org", name.title(), groups=[group] if group else [])
          for name, group in {"sami": "", "edith": "editor", "maggie": "managing editor"}.items()}
piece = makers.an_article(people["sami"], people["edith"], people["maggie"])
file = io.BytesIO()
Image.new("RGB", (640, 480), "teal").save(file, "PNG")
author = piece.edition.bylines.get().author
author.portrait = Picture.keep(file.getvalue(), alt="Sami")
author.save(update_fields=["portrait"])
print(piece.get_absolute_url(), f"/pictures/{author.portrait.key}/480.jpg")
"""
LOSE = "runuser -u postgres -- dropdb --force forum && rm -r /var/lib/forum/media"


@cache
def somebody():
    """Return a user who has nothing of her own and may run this Python."""
    tried = subprocess.run(["runuser", "-u", "nobody", shutil.which("python3", path=PATH), "-V"], check=False)
    return "root" if tried.returncode else "nobody"


class Stage:
    """A folder that stands for a machine."""

    def __init__(self, folder, ports):
        self.folder, self.ports = folder, ports
        self.replaced = {path: f"{folder}{path}" for path in FOLDERS} | {
            "/etc/letsencrypt/live/forum.example": str(folder),
            "ADDRESS": f"{folder}/origin",
            "-o forum ": f"-o {somebody()} ",
            "createsuperuser": "createsuperuser --noinput",
            "smtp+tls://user:password@mail.example:587": f"smtp://127.0.0.1:{ports['SMTP']}",
            "listen 80;": f"listen 127.0.0.1:{ports['HTTP']};",
            "listen 443 ssl;": f"listen 127.0.0.1:{ports['HTTPS']} ssl;",
            "127.0.0.1:8000": f"127.0.0.1:{ports['PORT']}",
        }
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VAR_DIR", "DEMO")},
            **{name: str(port) for name, port in ports.items()},
            "STAGE": str(folder),
            "ROOT": str(ROOT),
            "PYTHON": sys.executable,
            "FRONT": NGINX,
            "SOMEBODY": somebody(),
            "PATH": PATH,
            "DJANGO_SUPERUSER_EMAIL": "ada@example.org",
            "DJANGO_SUPERUSER_NAME": "Ada",
            "DJANGO_SUPERUSER_PASSWORD": "around the world",
        }

    def here(self, text):
        """Return a text with the folders and ports of this stage."""
        for there, here in self.replaced.items():
            text = text.replace(there, here)
        return text

    def build(self):
        """Make the folders of a machine on which nothing is, and the repository of the program."""
        for path in ("srv", "var/lib", "var/backups", "var/cache", "etc/systemd/system", "etc/nginx/sites-enabled"):
            (self.folder / path).mkdir(parents=True)
        (self.folder / "etc/nginx/sites-available").mkdir()
        origin = self.folder / "origin"
        shutil.copytree(ROOT, origin, ignore=shutil.ignore_patterns(".venv", "var", ".git", "__pycache__"))
        for path in ("docs/nginx.conf", "docs/forum.service", "docs/forum-work.service"):
            (origin / path).write_text(self.here((ROOT / path).read_text()))
        own = ["git", "-C", origin, "-c", "user.name=a", "-c", "user.email=a@example.org"]
        for does in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "As it is on this stage"]):
            subprocess.run([*own, *does], check=True)
        around = AROUND.format(folder=self.folder, user="nobody nogroup")
        (self.folder / "nginx.conf").write_text(around.replace("forum.conf", "etc/nginx/sites-enabled/*"))

    def do(self, commands):
        """Run commands as they stand in the document."""
        print(commands, flush=True)  # noqa: T201
        subprocess.run(["bash", "-c", STAND_INS + self.here(commands)], env=self.environment, check=True)

    def say(self, command):
        """Return what a command says."""
        script = ["bash", "-c", STAND_INS + self.here(command)]
        done = subprocess.run(script, env=self.environment, capture_output=True, errors="replace", check=False)
        return done.stdout.strip() if done.returncode == 0 else f"FAILED {done.stderr}"

    def meet(self, path, words=""):
        """Wait until a page is there, with these words on it."""
        for _ in range(60):
            answer = self.say(f"curl --fail --header 'Cookie: past=nginx' --output - https://forum.example{path}")
            if words in answer and not answer.startswith("FAILED"):
                return
            time.sleep(1)
        raise AssertionError(f"{path} does not come: {answer[:300]}")


class PostgreSQL:
    """A cluster of its own, on which nobody has made anything; it can be stopped and started."""

    tools = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)

    def __init__(self, folder, port):
        self.data, self.sockets, self.port = folder / "postgresql", folder / "sockets", port

    def __enter__(self):
        for own in (self.data, self.sockets):
            own.mkdir()
            shutil.chown(own, "postgres")
        self._run("initdb", "--auth=trust", "--no-sync", "--encoding=UTF8", "-D", self.data)
        self.start()
        return self

    def __exit__(self, *error):
        self.stop()

    def start(self):
        """Start it, and return when it answers."""
        options = f"-p {self.port} -k {self.sockets}"
        self._run("pg_ctl", "start", "--wait", "-D", self.data, "-l", self.data / "log", "-o", options)

    def stop(self):
        """Stop it under everybody's hands."""
        self._run("pg_ctl", "stop", "--mode=immediate", "-D", self.data)

    def say(self, sql, database="postgres"):
        """Return what it answers."""
        return self._run("psql", "-h", self.sockets, "-p", str(self.port), "-Atc", sql, database)

    def _run(self, tool, *arguments):
        command = ["runuser", "-u", "postgres", "--", self.tools / tool, *arguments]
        return subprocess.run(command, check=True, cwd="/", stdout=subprocess.PIPE, text=True).stdout


def systemctl(does, *units):
    """Stand in for systemd: run what the units say should be run."""
    stage = Path(os.environ["STAGE"])
    units = [unit for unit in units if not unit.startswith("--")]
    for unit in units if does in ("stop", "restart") else []:
        _stop(stage / f"{unit}.pid")
    for unit in units if does in ("enable", "start", "restart") else []:
        command, around = [NGINX, "-c", f"{stage}/nginx.conf"], {}
        if unit != "nginx":
            said = dict(re.findall(r"^(\w+)=(.+)$", _unit(stage, unit), re.MULTILINE))
            command = ["runuser", "-u", os.environ["SOMEBODY"], "--", *shlex.split(said["ExecStart"])]
            more = [said["Environment"].split("=")] if "Environment" in said else []
            around = {"cwd": said["WorkingDirectory"], "env": os.environ | {"PGUSER": "forum"} | dict(more)}
        with (stage / f"{unit}.log").open("a") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **around)
        (stage / f"{unit}.pid").write_text(str(process.pid))
    for unit in units if does != "stop" else []:
        wait_for(int(os.environ[{"nginx": "HTTPS", "forum": "PORT"}.get(unit, "SMTP")]))


def _unit(stage, unit):
    return (stage / f"etc/systemd/system/{unit}.service").read_text()


def _stop(kept):
    if kept.exists():
        os.killpg(int(kept.read_text()), signal.SIGTERM)
        while Path(f"/proc/{kept.read_text()}").exists():
            time.sleep(0.1)
        kept.unlink()


def blocks():
    """Return the commands of the document, in its order."""
    document = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    return re.findall(r"^```sh\n(.+?)^```$", document, re.MULTILINE | re.DOTALL)


def main():
    """Follow the document to its end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="forum-")))
        folder.chmod(0o755)
        mail = stack.enter_context(serving())
        ports = {name: a_port() for name in ("HTTP", "HTTPS", "PORT", "PGPORT")} | {"SMTP": mail.port}
        stage = Stage(folder, ports)
        stage.environment["PGHOST"] = str(stack.enter_context(PostgreSQL(folder, ports["PGPORT"])).sockets)
        stage.build()
        for unit in ("forum", "forum-work", "nginx"):
            stack.callback(_stop, folder / f"{unit}.pid")
        *install, update, backup, restore = blocks()
        for commands in install:
            stage.do(commands)
        assert mail.arrived == ["you@example.org"]
        shell = "cd /srv/forum && runuser -u forum -- .venv/bin/python manage.py shell --no-imports"
        piece, picture = stage.say(f"{shell} -c {shlex.quote(A_PIECE)}").split()
        for commands in ("", backup, restore, LOSE, update):
            stage.do(commands)
            stage.meet(piece, "A promise at night")
            stage.meet(picture)
        assert stage.say(f"curl --fail http://127.0.0.1:{ports['PORT']}/healthz") == "well"  # as a monitor asks
    print("The site, its backup, the restored site and the newer version are there.")  # noqa: T201


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["certbot"]:
            certify(Path(os.environ["STAGE"]))
        case ["systemctl", *arguments]:
            systemctl(*arguments)
        case _:
            main()
