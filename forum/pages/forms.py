from django import forms
from django.contrib.admin.widgets import AdminIntegerFieldWidget

from forum.lib.forms import YesNo
from forum.pages.models import Page


class PageForm(forms.ModelForm):
    """The text of a page."""

    class Meta:
        model = Page
        fields = ["title", "standfirst", "body"]
        widgets = {
            "title": forms.TextInput(attrs={"size": 60}),
            "standfirst": forms.Textarea(attrs={"rows": 2}),
        }


class SettingsForm(forms.ModelForm):
    """What holds for the whole site; whether a rule holds is said, and not left to a box that may not have come."""

    publisher_is_not_accepter = YesNo(
        label="Who publishes a piece",
        yes="Not whoever accepted it",
        no="Any managing editor, whoever accepted it",
        help_text="With the first answer, “Publish all the same” asks for a reason and tells the managing "
        "editors who are not too close to the piece. Readers see on the page Transparency whether this rule holds.",
    )
    discussion_days = forms.IntegerField(
        label="Discussions close after so many days",
        min_value=0,
        max_value=32767,
        widget=AdminIntegerFieldWidget,
        help_text="Counts for pieces published from now on. 0 keeps discussions open.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["discussion_days"] = self.instance.discussion_days or 0

    def clean_discussion_days(self):
        return self.cleaned_data["discussion_days"] or None
