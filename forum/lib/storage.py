"""The files people send, kept whole or not at all; a disk that takes none and a file that is gone are told apart."""

import errno
import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import FileSystemStorage

FULL = "There is no room left here to store anything."
NO_FILES = "Files cannot be stored here at the moment."
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_STORE = {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE}

logger = logging.getLogger(__name__)


class NotStored(OSError):
    """The disk took no file."""


class Missing(FileNotFoundError):
    """A row says that there is a file, and there is none."""


class Files(FileSystemStorage):
    """Files in a folder."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError as trouble:
            with suppress(OSError):
                Path(self.path(name)).unlink()
            raise NotStored(trouble.errno, trouble.strerror) from trouble

    def _open(self, name, mode="rb"):
        try:
            return super()._open(name, mode)
        except FileNotFoundError as trouble:
            logger.exception("The file %s is missing from %s", name, self.location)
            raise Missing(trouble.errno, trouble.strerror) from trouble

    def delete(self, name):
        """Delete a file; one that the disk does not let go is swept later, when it has no row any more."""
        try:
            super().delete(name)
        except OSError:
            logger.exception("The file %s could not be deleted", name)

    def names(self, *, before):
        """Yield the names of all files that were written before a moment."""
        for path in Path(self.location).rglob("*"):
            with suppress(FileNotFoundError):  # somebody deleted it this moment
                if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                    yield path.relative_to(self.location).as_posix()
