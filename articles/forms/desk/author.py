"""What the desk says of people in print, and which of their pages are one."""

from django import forms

from articles.forms.picture import PictureField
from articles.models import Author, Picture
from articles.models.public.picture import as_they_stand
from forum.lib.forms import Name

TAKES = "JPEG, PNG or WebP, at most 20 MB. It takes a minute to be prepared."


class AuthorForm(forms.ModelForm):
    """An author's page, and a portrait for it."""

    also_seen = ("portrait_id",)

    link = forms.URLField(label="Web page", required=False, assume_scheme="https")
    photo = PictureField(
        label="New portrait",
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text=TAKES,
    )
    no_portrait = forms.BooleanField(label="Take the portrait off the page", required=False)

    class Meta:
        model = Author
        fields = ["name", "slug", "is_pen_name", "affiliation", "biography", "link"]
        field_classes = {"name": Name}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if (kept := self.instance.portrait) and not kept.ready_at:
            as_they_stand([kept])
            why = kept.failure or kept.setback or "It is being prepared."
            self.fields["photo"].help_text = f"The portrait is not on the page yet. {why} Another one: {TAKES}"

    def portrait(self, now):
        """Return the portrait the author has from now on; it was `now` before."""
        if photo := self.cleaned_data.get("photo"):
            return Picture.keep(photo, alt=f"Portrait of {self.instance.name}")
        return None if self.cleaned_data.get("no_portrait") else now


class JoinPagesForm(forms.Form):
    """Which page stands for both."""

    stays = forms.SlugField(
        label="The page that stays",
        max_length=80,
        help_text="The last part of its address: wei-zhang for …/authors/wei-zhang/.",
    )

    def clean_stays(self):
        found = Author.objects.filter(slug=self.cleaned_data["stays"], joined_into=None).first()
        if found is None:
            raise forms.ValidationError("There is no author page at this address.")
        return found
