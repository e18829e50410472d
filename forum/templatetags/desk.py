from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def promise(due):
    """Say in words by when something was promised, and how late it is."""
    if due is None:
        return ""
    late = (timezone.now() - due).total_seconds()
    ahead = (timezone.localdate(due) - timezone.localdate()).days
    if late > 0:
        return f"promised for {_day(due, ahead)}, {_length(late, -ahead)} late"
    return f"due {_day(due, ahead)}"


def _day(due, ahead):
    at = timezone.localtime(due)
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(ahead) or (f"{at:%A}" if abs(ahead) < 7 else f"{at:%A %-d %B}")


def _length(seconds, days):
    count, unit = (days, "day") if days else (max(1, int(seconds // 3600)), "hour")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
