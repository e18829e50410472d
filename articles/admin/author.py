"""Author pages: what they say of people in print."""

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect

from accounts.permissions import is_editor, is_managing_editor
from articles.admin.ranks import RankAdmin
from articles.forms.desk.author import AuthorForm, JoinPagesForm
from articles.models import Author, Submission
from forum.lib.desk import desk_page, screen
from forum.lib.moves import Refused
from forum.lib.web.labels import asks


@admin.register(Author)
class AuthorAdmin(RankAdmin):
    """Who is printed. Whose account stands behind a name is not shown, so that a pen name stays one."""

    form = AuthorForm
    keepers = staticmethod(is_editor)
    list_display = ["name", "affiliation", "is_pen_name"]
    search_fields = ["name"]
    fields = ["name", "slug", "is_pen_name", "affiliation", "biography", "link", "photo", "no_portrait"]

    def view_on_site(self, author):
        """Return the address of the author's page, once there is one."""
        return author.get_absolute_url() if Author.objects.in_print().contains(author) else None

    def get_queryset(self, request):
        desk = Submission.objects.on_desk(request.user)
        return super().get_queryset(request).on_desk(desk)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        return ["slug"] if is_managing_editor(request.user) else ["name", "slug", "is_pen_name"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        obj.portrait = form.portrait(obj.portrait)
        obj.save(update_fields=["portrait"])


@asks(JoinPagesForm)
def join(request, pk):
    """Join a page with another of the same author, which stays."""
    desk = Author.objects.on_desk(Submission.objects.on_desk(request.user))
    found = get_object_or_404(desk, pk=pk)
    form = JoinPagesForm(request.POST or None)
    if form.is_valid():
        stays = form.cleaned_data["stays"]
        try:
            found.join(stays, by=request.user)
        except Refused as complaint:
            form.add_error("stays", str(complaint))
        else:
            messages.success(request, f"Done: the page of {stays} stands for both.")
            return redirect("admin:articles_author_change", stays.pk)
    return desk_page(request, "admin/articles/join.html", f"Join the page of {found}", author=found, form=form)


screen("authors/<int:pk>/join/", join, "author_join", who=is_managing_editor)
