"""The rules of discussion, which the managing editors amend; every version stays."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from comments.forms.desk.rules import RuleForm
from comments.models import Rule
from comments.permissions import may_amend
from forum.lib.desk import desk_page, screen
from forum.lib.moves import Refused
from forum.lib.web.labels import asks


@require_safe
def rules(request):
    """List the rules in force, each with its earlier versions."""
    return desk_page(request, "admin/comments/rules.html", "Rules of discussion", versions=Rule.objects.versions())


@asks(RuleForm)
def rule(request, slug):
    """Amend one rule; what somebody else wrote in the meantime is shown first."""
    found = get_object_or_404(Rule.objects.in_force(), slug=slug)
    form = RuleForm(request.POST or None, rule=found)
    if form.is_valid():
        try:
            amended = found.amend(by=request.user, **form.said)
        except Refused as complaint:
            form.add_error(None, str(complaint))
        else:
            messages.success(request, f"Done: version {amended.version} of “{amended}” holds from now on.")
            return redirect("admin:rules")
    return desk_page(request, "admin/comments/rule.html", f"Amend “{found}”", rule=found, form=form)


def _managing(user):
    return may_amend(user, None)


screen("comments/rules/", rules, "rules", who=_managing)
screen("comments/rules/<slug:slug>/", rule, "rule", who=_managing)
