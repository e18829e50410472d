"""Files without a row: left by an upload that was undone, or by a draft whose files could not be deleted."""

import logging
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from articles.models import Picture, Upload

A_DAY = timedelta(days=1)  # until then a row may still come
OURS = ("manuscripts", "originals", "pictures")

logger = logging.getLogger(__name__)


def sweep():
    """Delete what has had no row for a day; where that is most of them, the database is hardly theirs."""
    before = timezone.now() - A_DAY
    kept = [name for name in default_storage.names(before=before) if name.partition("/")[0] in OURS]
    known = {*Upload.objects.values_list("file", flat=True), *Picture.objects.values_list("original", flat=True)}
    keys = {*Picture.objects.values_list("key", flat=True)}
    unowned = [name for name in kept if name not in known and not _is_print_of(name, keys)]
    if len(unowned) > len(kept) // 2:
        logger.error("%s of %s files have no row: is this the database they belong to?", len(unowned), len(kept))
        return
    for name in unowned:
        default_storage.delete(name)


def _is_print_of(name, keys):
    folder, _, below = name.partition("/")
    return folder == "pictures" and below.partition("/")[0] in keys
