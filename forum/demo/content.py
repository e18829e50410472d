"""What the demonstration site shows, read from the files beside this one."""

import tomllib
from pathlib import Path

HERE = Path(__file__).parent


def table(name, key):
    """Return the entries `[[key]]` of a TOML file."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))[key]


def pages(folder):
    """Return the texts in a folder, each as its front matter with `body` and `stem`."""
    found = []
    for file in sorted((HERE / folder).glob("*.html")):
        _, head, body = file.read_text(encoding="utf-8").split("+++\n", 2)
        stem = file.stem.split("-", 1)[1]
        found.append({**tomllib.loads(head), "body": body.strip(), "stem": stem})
    return found


def figure(name):
    """Return the bytes of a drawn figure."""
    return (HERE / "figures" / name).read_bytes()
