from django import forms

from forum.lib.images import Unreadable, examine


class PictureField(forms.FileField):
    """A picture; one that cannot be read is refused with the reason."""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        content = file.read()
        try:
            examine(content)
        except Unreadable as complaint:
            raise forms.ValidationError(str(complaint)) from complaint
        return content
