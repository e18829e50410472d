"""How the site works in public: its rules in plain words, and its work in numbers, as each app counts it."""

import csv

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import is_managing_editor
from forum.figures import MINUTES, figures
from forum.lib import desk
from forum.lib.openness import HIDDEN, SMALLEST, Desk, Public
from forum.lib.web.pagecache import public


@public
@require_safe
def transparency(request):
    """Show the rules in force and the numbers."""
    context = {"figures": figures(Public), "smallest": SMALLEST, "minutes": MINUTES, "promises": settings.PROMISES}
    return render(request, "transparency.html", context)


@public
@require_safe
def transparency_csv(request):
    """Give the same numbers as one table; a cell that is not shown is empty."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="transparency.csv"'
    sheet = csv.writer(response)
    sheet.writerow(["table", "measure", "year", "number"])
    for table in figures(Public):
        for measure, year, number in table:
            sheet.writerow([table.title, measure, year, "" if number is HIDDEN else number])
    return response


@require_safe
def every_number(request):
    """Show the desk the same numbers with none left out."""
    context = {"figures": figures(Desk), "smallest": SMALLEST, "minutes": MINUTES}
    return desk.desk_page(request, "admin/figures.html", "The numbers", **context)


desk.screen("figures/", every_number, "figures", who=is_managing_editor)
