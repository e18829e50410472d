"""What the desk says of people in print."""

from django import forms

from articles.models import Author, Picture
from forum.lib import images


class AuthorForm(forms.ModelForm):
    """An author's page, and a portrait for it."""

    link = forms.URLField(label="Web page", required=False, assume_scheme="https")
    photo = forms.FileField(
        label="New portrait",
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text="JPEG, PNG or WebP, at most 20 MB. It takes a minute to be prepared.",
    )
    no_portrait = forms.BooleanField(label="Take the portrait off the page", required=False)

    class Meta:
        model = Author
        fields = ["name", "slug", "is_pen_name", "affiliation", "biography", "link"]

    def clean_photo(self):
        file = self.cleaned_data["photo"]
        if not file:
            return None
        data = file.read()
        try:
            images.examine(data)
        except images.Unreadable as complaint:
            raise forms.ValidationError(str(complaint)) from complaint
        return data

    def portrait(self, now):
        """Return the portrait the author has from now on; it was `now` before."""
        if photo := self.cleaned_data.get("photo"):
            return Picture.keep(photo, alt=f"Portrait of {self.instance.name}")
        return None if self.cleaned_data.get("no_portrait") else now
