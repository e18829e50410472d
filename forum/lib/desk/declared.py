"""Lists of the desk are narrowed by what they declare, and by nothing else.

Django takes any column in an address, those that nobody is shown too, and those of rows beside them: the count of what
is found then answers a question about a secret, one letter at a time.
"""

from django.contrib.admin.views.main import ChangeList
from django.http import Http404


class DeclaredList(ChangeList):
    """The rows of one model; what none of its filters has taken from the address is not found."""

    def get_filters(self, request):
        specs, has_filters, left, *more = super().get_filters(request)
        if left:
            raise Http404("This list cannot be narrowed by that.")
        return specs, has_filters, left, *more


def _declared_list(model_admin, request, **kwargs):
    return DeclaredList


def _left_to_the_list(model_admin, lookup, value, request):
    return True


def _own_key_alone(model_admin, request, to_field):
    return to_field == model_admin.opts.pk.name


NARROWED = {
    "get_changelist": _declared_list,
    "lookup_allowed": _left_to_the_list,
    "to_field_allowed": _own_key_alone,
}
"""What `DeskSite.register` gives to every model, those of other packages included."""
