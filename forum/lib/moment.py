"""A time to come, typed as a day and an hour in the site's zone, and never guessed."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy

_zone = lazy(timezone.get_current_timezone_name, str)


class DayAndHour(forms.MultiWidget):
    """Two inputs, so that half an answer comes back as typed: of one, a browser sends nothing until it is whole."""

    use_fieldset = True

    def __init__(self):
        day = forms.DateInput({"type": "date", "aria-label": "Day"}, format="%Y-%m-%d")
        hour = forms.TimeInput({"type": "time", "aria-label": "Hour"}, format="%H:%M")
        super().__init__({"day": day, "hour": hour})

    def decompress(self, value):
        if not value:
            return [None, None]
        at = timezone.localtime(value)
        return [at.date(), at.time()]


class Moment(forms.MultiValueField):
    """A time between now and `ahead` (a timedelta) from now; what is missing, or is no time, is refused."""

    widget = DayAndHour

    def __init__(self, *, ahead, within, **kwargs):
        self.ahead, self.within = ahead, within
        day = {"incomplete": "Say on which day.", "invalid": "This is no day. Write it like 2030-11-30."}
        hour = {"incomplete": "Say at what hour.", "invalid": "This is no hour. Write it like 09:00."}
        parts = [
            forms.DateField(input_formats=["%Y-%m-%d"], error_messages=day),
            forms.TimeField(input_formats=["%H:%M", "%H:%M:%S"], error_messages=hour),
        ]
        kwargs = {
            "error_messages": {"required": "Say on which day and at what hour."},
            "help_text": format_lazy("In the site’s zone, {}.", _zone()),
            **kwargs,
        }
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, data_list):
        if not data_list:
            return None
        naive = datetime.combine(*data_list)
        now = timezone.now()
        if not now.year <= naive.year <= (now + self.ahead).year:  # the ends of the calendar have no zone
            raise forms.ValidationError(self._too_far)
        at = instant(naive)
        if not now <= at < now + self.ahead:
            raise forms.ValidationError(self._too_far)
        return at

    @property
    def _too_far(self):
        return f"Choose a time to come, within {self.within}."


def instant(naive):
    """Return when the clocks of the site's zone show `naive`; raises ValidationError where they never do, or twice."""
    earlier, later = (naive.replace(tzinfo=timezone.get_current_timezone(), fold=fold) for fold in (0, 1))
    if earlier.utcoffset() == later.utcoffset():
        return earlier
    at, day = f"{naive:%H:%M}", f"{naive:%-d %B %Y}"
    if earlier.utcoffset() < later.utcoffset():
        raise forms.ValidationError(f"There is no {at} on {day}: the clocks go forward. Choose another hour.")
    raise forms.ValidationError(f"On {day} {at} comes twice: the clocks go back. Choose another hour.")


def spelled(at):
    """Say a time in full, in the site's zone: “Monday 30 November 2026, 09:00 (GMT)”."""
    return f"{timezone.localtime(at):%A %-d %B %Y, %H:%M (%Z)}"
