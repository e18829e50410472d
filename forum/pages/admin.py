from django.contrib import admin
from django.shortcuts import redirect
from django.utils.html import format_html

from forum.lib.desk import SeenAdmin
from forum.lib.editor import EditorAdmin
from forum.pages.forms import PageForm, SettingsForm
from forum.pages.models import Holiday, Page, SiteSettings
from forum.pages.permissions import may_edit_site


class SiteAdmin(SeenAdmin):
    """What the administrator and the managing editors keep; nothing is added here and nothing goes."""

    def has_view_permission(self, request, obj=None):
        return may_edit_site(request.user, obj)

    has_change_permission = has_view_permission
    has_module_permission = has_view_permission

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Page)
class PageAdmin(EditorAdmin, SiteAdmin):
    form = PageForm
    fields = ["title", "standfirst", "body"]
    list_display = ["title", "address", "updated_at"]

    @admin.display(description="address")
    def address(self, page):
        return format_html('<a href="{0}">{0}</a>', page.get_absolute_url())

    def save_model(self, request, obj, form, change):
        text = {name: form.cleaned_data[name] for name in ("title", "standfirst", "body")}
        obj.rewrite(by=request.user, **text)


@admin.register(SiteSettings)
class SiteSettingsAdmin(SiteAdmin):
    fieldsets = [
        (None, {"fields": ["name", "tagline", "founded"]}),
        ("Addresses", {"fields": ["contact_email", "editor_email"]}),
        ("Profiles elsewhere", {"fields": ["twitter", "facebook", "linkedin", "mastodon"]}),
        ("Discussions", {"fields": ["discussion_days"]}),
        ("Rules of the desk", {"fields": ["publisher_is_not_accepter"]}),
    ]

    form = SettingsForm

    def changelist_view(self, request, extra_context=None):
        """Open the one row there is."""
        return redirect("admin:pages_sitesettings_change", SiteSettings.get().pk)

    def save_model(self, request, obj, form, change):
        obj.save(update_fields=form.changed_data)


@admin.register(Holiday)
class HolidayAdmin(SiteAdmin):
    """The desk's holidays; a new one moves the dates that run into it, so its days stay as they are."""

    fieldsets = [
        (
            None,
            {
                "fields": ["first", "last", "words"],
                "description": "Once saved, dates that run into these days move behind them, and the authors are told "
                "by mail at once. Deleting a holiday moves no date back.",
            },
        )
    ]
    list_display = ["first", "last", "words"]

    has_add_permission = SiteAdmin.has_module_permission
    has_delete_permission = SiteAdmin.has_view_permission

    def get_readonly_fields(self, request, obj=None):
        return ["first", "last"] if obj else []
