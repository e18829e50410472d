"""Lists of the desk are narrowed by what they declare, and by nothing else; no list counts what it does not show.

Django takes any column in an address, those that nobody is shown too, and those of rows beside them: the count of what
is found then answers a question about a secret, one letter at a time.
"""

from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.http import Http404

from forum.lib.web.addresses import address
from forum.lib.web.paging import ListPage

MOST_PAGES = 10_000


class DeclaredList(ChangeList):
    """The rows of one model; what none of its filters has taken from the address is not found.

    There may be as many as the site is old, so a page asks for one row more than it shows, and how many there are is
    said where all of them are on it.
    """

    def get_results(self, request):
        """Fetch the rows of one page, and whether there are more."""
        if not 0 < self.page_num <= MOST_PAGES:
            raise IncorrectLookupParameters
        start = (self.page_num - 1) * self.list_per_page
        found = list(self.queryset[start : start + self.list_per_page + 1])
        if start and not found:
            raise IncorrectLookupParameters
        self.result_list = found[: self.list_per_page]
        self.page = ListPage(
            self.result_list,
            self._at(self.page_num + 1) if len(found) > self.list_per_page else "",
            self._at(self.page_num - 1) if start else "",
        )
        self.has_all = not (self.page.older or self.page.newer)
        self.result_count = self.full_result_count = len(self.result_list)
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = bool(self.result_list)

    def url_for_result(self, result):
        """Return the address of the page of a row."""
        return address(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", quote(result.pk))

    def _at(self, number):
        return self.get_query_string({PAGE_VAR: number if number > 1 else None})

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
    "show_facets": ShowFacets.NEVER,  # which count the whole list for each choice of a filter
    "get_changelist": _declared_list,
    "lookup_allowed": _left_to_the_list,
    "to_field_allowed": _own_key_alone,
}
"""What `DeskSite.register` gives to every model, those of other packages included."""
