"""Pages by key, not by offset: a page stays the same page while new things arrive."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.utils.text import slugify

from forum.lib.web.kept import answers

BACK = {"lt": "gte", "gt": "lte"}


@dataclass(frozen=True)
class ListPage:
    """One page of a list, newest first; `older` and `newer` are query strings, or ""."""

    items: list
    older: str = ""
    newer: str = ""

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


def page(queryset, request, *, by="published_at", size=20, first=None, along=None):
    """Return the page of `queryset` that `?before=` or `?after=` asks for, ordered by (`by`, pk) descending.

    Where there is a quicker way to the first page, `first` returns it with one row more, and `queryset` is a function
    that returns one, called for the others. Where an index has the order under another name, that is `along`.
    """
    along = along or by
    said = {name: request.GET.get(name) for name in ("before", "after")}
    asked = {name: _read(cursor) for name, cursor in said.items() if cursor}
    answers(request, **{name: write(*cursor) for name, cursor in asked.items()})
    before, after = asked.get("before"), asked.get("after")
    if first:
        queryset = queryset() if before or after else None
    if after:
        items = list(_than(queryset, along, "gt", after).order_by(along, "pk")[: size + 1])
        older, newer = True, len(items) > size
        items = items[:size][::-1]
    else:
        found = _than(queryset, along, "lt", before) if before else queryset
        items = first() if queryset is None else list(found.order_by(f"-{along}", "-pk")[: size + 1])
        older, newer = len(items) > size, bool(before)
        items = items[:size]
    if not items:
        return ListPage(items)
    return ListPage(
        items,
        _query(request, "before", items[-1], by) if older else "",
        _query(request, "after", items[0], by) if newer else "",
    )


def alphabet(queryset, request, *, by="slug", size=100):
    """Return the page of `queryset` in the order of the letters, beginning where `?from=` says."""
    start = slugify(request.GET.get("from", ""))
    answers(request, **({"from": start} if start else {}))
    items = list(queryset.filter(**{f"{by}__gte": start}).order_by(by)[: size + 1])
    more = "?" + urlencode({"from": getattr(items[size], by)}) if len(items) > size else ""
    return ListPage(items[:size], more, request.path if start else "")


def _than(queryset, by, direction, cursor):
    moment, pk = cursor
    passed = Q(**{by: moment, f"pk__{BACK[direction]}": pk})  # an OR would lead SQLite to two indices, and to sorting
    return queryset.filter(~passed, **{f"{by}__{direction}e": moment})


def _query(request, name, item, by):
    kept = [(key, value) for key in request.GET for value in request.GET.getlist(key) if key not in ("before", "after")]
    return "?" + urlencode([*kept, (name, write(getattr(item, by), item.pk))])


def write(moment, pk):
    """Return the cursor of an item."""
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{pk}".encode()).decode().rstrip("=")


def _read(cursor):
    try:
        said = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        moment, _, pk = said.partition("|")
        moment, pk = datetime.fromisoformat(moment), int(pk)
        in_range = moment.tzinfo is not None and moment.astimezone(UTC) and 0 <= pk < 2**63
    except (ValueError, OverflowError):
        raise Http404("There is no such page.") from None
    if not in_range:
        raise Http404("There is no such page.")
    return moment, pk
