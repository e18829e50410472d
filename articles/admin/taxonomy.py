"""What readers browse by, kept by the managing editors; questions are asked by every editor."""

from django import forms
from django.contrib import admin

from accounts.permissions import is_editor
from articles.admin.ranks import RankAdmin
from articles.models import Kind, Question, Region, Topic
from forum.lib.forms import Line


class PlacedAdmin(RankAdmin):
    """Something readers browse by, in its order."""

    list_display = ["name", "position"]
    search_fields = ["name"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(Kind)
class KindAdmin(PlacedAdmin):
    list_display = ["name", "fewest_words", "most_words", "by_staff", "position"]
    fields = ["name", "plural", "slug", "fewest_words", "most_words", "by_staff", "position"]


@admin.register(Topic)
class TopicAdmin(PlacedAdmin):
    fields = ["name", "slug", "position"]


@admin.register(Region)
class RegionAdmin(PlacedAdmin):
    list_display = ["name", "parent", "m49", "position"]
    list_select_related = ["parent"]
    fields = ["name", "slug", "parent", "m49", "position"]

    def get_ordering(self, request):
        return Region.objects.in_tree().query.order_by

    def formfield_for_foreignkey(self, field, request, **kwargs):
        kwargs["queryset"] = Region.objects.continents()
        return super().formfield_for_foreignkey(field, request, **kwargs)


class QuestionForm(forms.ModelForm):
    """A question that can be answered with yes or no."""

    title = Line(max_length=160)

    def clean_title(self):
        title = self.cleaned_data["title"]
        if not title.endswith("?"):
            raise forms.ValidationError("A question ends with a question mark.")
        return title


@admin.register(Question)
class QuestionAdmin(RankAdmin):
    keepers = adders = staticmethod(is_editor)
    form = QuestionForm
    list_display = ["title", "shown", "asked_at"]
    search_fields = ["title"]
    fields = ["title", "slug", "summary", "shown"]

    def view_on_site(self, question):
        """Return the address of the question's page, while it is shown."""
        return question.get_absolute_url() if question.shown else None

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def get_readonly_fields(self, request, obj=None):
        """What was answered stays as it was asked: a yes must not become a yes to something else."""
        if obj and obj.is_answered:
            return ["title", "slug"]
        return ["slug"] if obj else []
