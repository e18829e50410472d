from django import forms

from forum.lib.forms import Lines


class ReplyForm(forms.Form):
    """An author's answer to a note."""

    answer = Lines(label="Your answer", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DoneForm(forms.Form):
    """Whether the text has what a note asked for."""

    done = forms.BooleanField(required=False)
