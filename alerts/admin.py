import csv

from django.contrib import admin
from django.http import HttpResponse

from alerts.models import Subscriber
from alerts.permissions import may_see_the_list
from forum.lib.desk import ReadAdmin, screen


@admin.register(Subscriber)
class SubscriberAdmin(ReadAdmin):
    """The mailing list, to read and to take away; only the holders of the addresses change it."""

    list_display = ["email", "status", "moved_at"]
    list_filter = ["status"]
    search_fields = ["email"]
    fields = readonly_fields = ["email", "status", "moved_at"]
    view_on_site = False  # its page is its holder's alone

    def has_view_permission(self, request, obj=None):
        return may_see_the_list(request.user, obj)

    has_module_permission = has_view_permission


def export(request):
    """Answer with the confirmed addresses as a table, each with the link by which its holder leaves."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mailing-list.csv"'
    table = csv.writer(response)
    table.writerow(["address", "confirmed", "leave"])
    for subscriber in Subscriber.objects.confirmed().iterator():
        link = request.build_absolute_uri(subscriber.get_absolute_url())
        table.writerow([_harmless(subscriber.email), f"{subscriber.moved_at:%Y-%m-%d}", link])
    return response


def _harmless(address):
    """No spreadsheet takes an address for a formula."""
    return f"'{address}" if address[0] in "=+-@" else address


screen("alerts/mailing-list.csv", export, "alerts_export", who=may_see_the_list)
