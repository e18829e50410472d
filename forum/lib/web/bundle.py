"""Style sheets and scripts as browsers get them: one file each, where the source has a small one for each thing."""

import posixpath
import re

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?;')
SCRIPT = re.compile(r'^import "\./([^"]+)"$', re.MULTILINE)
SHARES = re.compile(r"^(import|export)\b", re.MULTILINE)
UNREAD = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/|(?<=\n)[ \t\n]+""", re.DOTALL)
RELATIVE = re.compile(r"""\burl\((["']?)(?![/#]|\w+:)([^"')]+)\1\)""")


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, each style sheet and script with its imports in their place.

    A browser asks for an import only after it has read the file, and shows nothing before the last sheet has come.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.addresses = {}  # of the files that templates name, which change with the manifest, and so with the process

    def url(self, name, force=False):  # noqa: FBT002 - Django's own signature
        """Return the address of a file: a page asks for many, and putting one together takes long."""
        if settings.DEBUG or force:
            return super().url(name, force)
        if name not in self.addresses:
            self.addresses[name] = super().url(name)
        return self.addresses[name]

    def post_process(self, paths, *args, **options):
        """Bundle, then do what is done with every file; yields as Django's storage does."""
        bundles = InMemoryStorage()
        sheets = {name: lean(_read(paths, name)) for name in paths if name.endswith(".css")}
        scripts = {name: _read(paths, name) for name in paths if re.fullmatch(r"js/\w+\.js", name)}
        made = {name: bundled(name, sheets) for name, sheet in sheets.items() if IMPORT.search(sheet)}
        made |= {name: joined(name, scripts) for name, script in scripts.items() if SCRIPT.search(script)}
        for name, text in made.items():
            bundles.save(name, ContentFile(text))
            paths = {**paths, name: (bundles, name)}
        yield from super().post_process(paths, *args, **options)


def _read(paths, name):
    storage, path = paths[name]
    with storage.open(path) as sheet:
        return sheet.read().decode()


def lean(sheet):
    """Return a sheet without what only its writers read: comments, indents and empty lines."""
    return UNREAD.sub(lambda found: found[1] or "", sheet)


def joined(name, scripts):
    """Return a script of `scripts` (text by path) with each import replaced by what it names, in a block of its own."""
    folder = posixpath.dirname(name)

    def inside(found):
        text = scripts[posixpath.join(folder, found[1])]
        if SHARES.search(text):
            raise ImproperlyConfigured(f"{found[1]} is joined to {name}, so it can neither import nor export.")
        return f"{{\n{text}}}"

    return SCRIPT.sub(inside, scripts[name])


def bundled(name, sheets):
    """Return a sheet of `sheets` (text by path) with each import replaced by what it names, in its layer."""
    folder = posixpath.dirname(name)

    def inside(found):
        path = posixpath.normpath(posixpath.join(folder, found[1]))
        text = RELATIVE.sub(lambda link: f'url("{_seen_from(folder, path, link[2])}")', bundled(path, sheets))
        return f"@layer {found[2]} {{\n{text}}}" if found[2] else text

    text = IMPORT.sub(inside, sheets[name])
    if "@import" in text:
        raise ImproperlyConfigured(f'{name} has an import that is not written @import url("…") layer(…);')
    return text


def _seen_from(folder, sheet, link):
    return posixpath.relpath(posixpath.join(posixpath.dirname(sheet), link), folder)
