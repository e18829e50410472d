from django import forms
from django.forms.models import model_to_dict

from articles.models import Article
from comments.models import HowOften, MailChoice


class SeenUpToForm(forms.Form):
    """How far a member has read."""

    number = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class OneClickForm(forms.Form):
    """What a mail program sends when its user wants no more of such mail (RFC 8058)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["List-Unsubscribe"] = forms.ChoiceField(choices=[("One-Click", "One-Click")])


class HowOftenForm(forms.Form):
    """When a member wants mail about answers, and an author about comments on her pieces."""

    how_often = forms.ChoiceField(
        label="Write to me about answers to my comments, and about discussions I follow",
        choices=HowOften.choices,
        widget=forms.RadioSelect,
    )
    own_pieces = forms.ChoiceField(
        label="Write to me about comments on my pieces",
        choices=HowOften.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, initial=model_to_dict(MailChoice.of(member), self.base_fields), **kwargs)
        if not Article.objects.written_by(member).exists():
            del self.fields["own_pieces"]
