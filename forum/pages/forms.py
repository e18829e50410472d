from django import forms

from forum.pages.models import Page


class PageForm(forms.ModelForm):
    """The text of a page, and the version that its writer opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Page
        fields = ["title", "standfirst", "body"]
        widgets = {
            "title": forms.TextInput(attrs={"size": 60}),
            "standfirst": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version

    def clean_seen(self):
        seen = self.cleaned_data["seen"]
        if seen != self.instance.version:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.instance.version
            self.add_error(
                None,
                f"Somebody else saved “{self.instance.title}” while you were writing. Your text is "
                "below. Open the page in another tab to see theirs; saving again replaces it with yours.",
            )
        return seen
