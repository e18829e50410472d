"""The mailroom at the desk: what became of every letter, what has not left and why, and how to send it again."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST

from accounts.forms import TrialForm
from accounts.models import Delivery
from accounts.permissions import is_administrator
from accounts.trial import try_mail
from forum.lib.desk import Panel, ReadAdmin, Row, desk_page, panel, screen
from forum.lib.web.labels import asks
from forum.lib.web.throttle import allow

MOST = 10
UNTRIED = "Nobody has tried to send it. Does the work behind the pages run?"


@panel
def unsent(user):
    """Show administrators what mail has not left, one row for each cause; nothing while all is well."""
    if not is_administrator(user):
        return None
    late = Delivery.objects.late()
    rows = [_row(*cause) for cause in enumerate(late.by_cause()[:MOST])]
    number = late.count()
    return Panel("Mail that has not left", rows, number, url=_late(), late=number) if rows else None


def _row(place, cause):
    """Return the row of one cause; the button on the first sends all again."""
    number, first = cause["number"], cause["first"]
    what = "1 letter has not left" if number == 1 else f"{number} letters have not left"
    title = f"{what}, {'' if number == 1 else 'the first '}for {timesince(first, depth=1)}"
    button = None if place else ("Send all again", reverse("admin:send_again"))
    return Row(title, _late(), since=first, who=cause["error"] or UNTRIED, late=True, kind="Mail", button=button)


def _late():
    return f"{reverse('admin:accounts_delivery_changelist')}?outcome=late"


@require_POST
def send_again(request, pk=None):
    """Let what has not left be tried now: one letter, or all."""
    letters = Delivery.objects.late() if pk is None else Delivery.objects.filter(pk=pk)
    _send_again(request, letters)
    return redirect(_late())


def _send_again(request, letters):
    wordless = letters.failed().filter(text="").count()
    again = letters.send_again()
    if not again and not wordless:
        messages.info(request, "None of these can be sent again: they have left, wait for their time, or were let go.")
    if again:
        messages.success(request, f"{on_the_way(again)}. Deliveries shows what becomes of it.")
    if wordless:
        messages.warning(request, f"{wordless} cannot be sent again, because we do not keep what they said so long.")


@asks(TrialForm)
def trial(request):
    """Send one letter now, and say what the mail server answered at each step."""
    form, tried = TrialForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        allow("mail_trial", request.user.pk)
        tried = try_mail(form.cleaned_data["email"])
    return desk_page(request, "admin/accounts/trial.html", "Try the mail out", form=form, trial=tried)


def on_the_way(number):
    """Say of so many letters what is so: they are posted, and nobody knows yet whether they arrive."""
    return "1 letter is on its way" if number == 1 else f"{number} letters are on their way"


class ByOutcome(admin.SimpleListFilter):
    """What became of letters."""

    title, parameter_name = "what became of it", "outcome"
    OUTCOMES = {
        "late": "Has not left in time",
        "failed": "Not sent: refused, or tried for days",
        "waits": "Waits for its time",
        "sent": "Sent",
        "dropped": "Dropped or lapsed unsent",
    }

    def lookups(self, request, model_admin):
        return list(self.OUTCOMES.items())

    def queryset(self, request, letters):
        return getattr(letters, self.value())() if self.value() in self.OUTCOMES else letters


@admin.register(Delivery)
class DeliveryAdmin(ReadAdmin):
    """What the post office did: which mails went out, and why one did not. Their text is not shown."""

    list_display = ["about_shown", "reader", "created_at", "outcome", "cause", "tries"]
    list_filter = [ByOutcome]
    search_fields = ["to", "key"]
    fields = readonly_fields = [
        "key", "reader", "outcome", "cause", "created_at", "due_at", "again_at", "tries",
        "sent_at", "dropped_at", "failed_at", "lapses_at",
    ]  # fmt: skip
    actions = ["send_ticked_again", "let_go"]

    @admin.action(description="Send again")
    def send_ticked_again(self, request, letters):
        _send_again(request, letters)

    @admin.action(description="Let go: try no more")
    def let_go(self, request, letters):
        gone = letters.late().let_go()
        self.message_user(request, f"{gone} letter{'' if gone == 1 else 's'} will not be tried any more.")

    @admin.display(description="What", ordering="key")
    def about_shown(self, delivery):
        return delivery.about

    @admin.display(description="What became of it", ordering="sent_at")
    def outcome(self, delivery):
        return delivery.outcome

    @admin.display(description="To")
    def reader(self, delivery):
        return delivery.reader

    @admin.display(description="Why", ordering="error")
    def cause(self, delivery):
        return delivery.error

    def get_search_results(self, request, queryset, search_term):
        """Find nothing by an address that the desk does not see."""
        found, doubles = super().get_search_results(request, queryset, search_term)
        return (found.filter(in_confidence=False) if search_term else found), doubles


screen("mail/try/", trial, "try_mail", who=is_administrator)
screen("mail/send-again/", send_again, "send_again", who=is_administrator)
screen("mail/send-again/<int:pk>/", send_again, "send_one_again", who=is_administrator)
