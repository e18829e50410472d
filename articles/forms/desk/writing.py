"""What an editor changes in a piece and around it."""

from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve

from articles.forms.desk.pressing import DeskForm
from articles.forms.versions import VersionedForm
from articles.models import Article, Kind, Question, Region, Topic
from articles.models.public.question import Stance
from forum.lib.editor import BodyEditor
from forum.lib.forms import Address, Line, Lines, Name, Several

MOST_TOPICS = MOST_REGIONS = 4
MOST_BYLINES = 12


class TextForm(forms.Form):
    """Title, standfirst and body."""

    title = Line(max_length=200)
    standfirst = Lines(max_length=400, required=False)
    body = BodyEditor(label="Text")

    field_order = ["title", "standfirst", "body"]


class ManuscriptForm(TextForm, VersionedForm):
    """The text of a submission."""

    @property
    def said(self):
        """Return what the verb is told."""
        return dict(self.cleaned_data)


class CreditForm(forms.Form):
    """One author as printed."""

    key = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    order = forms.IntegerField(label="Place", min_value=1, max_value=99)
    name = Name(label="Name as printed", max_length=120)
    biography = Lines(label="Two lines about the author", max_length=400, required=False)
    email = Address(
        label="E-mail address of a co-author",
        required=False,
        help_text="We ask her to agree, and later to approve the exact text. No other author is shown the address.",
    )


class Credits(forms.BaseFormSet):
    """All authors in their order; nobody is taken off by a row that did not arrive, only by her tick."""

    now = ()  # the authors as they are, for whoever saw them

    def clean(self):
        if any(self.errors):
            return
        if not self.bylines:
            raise forms.ValidationError("A piece has at least one author.")
        if self.now and (gone := [author["name"] for author in self._without_row(self.now)]):
            raise forms.ValidationError(f"No row here is that of {', '.join(gone)}. Open the page again first.")

    def joined(self, now):
        """Return these rows as they were sent, and one more for each author of `now` who has none here."""
        data, rows = self.data.copy(), self.total_form_count()
        for row, author in enumerate(self._without_row(now), rows):
            data.update({f"{self.prefix}-{row}-{name}": value for name, value in author.items()})
            rows = row + 1
        data[f"{self.prefix}-TOTAL_FORMS"] = rows
        return CreditSet(data, prefix=self.prefix)

    def _without_row(self, now):
        sent = {form.cleaned_data.get("key") for form in self.forms}
        return [author for author in now if author["key"] not in sent]

    @property
    def bylines(self):
        """Return (key or None, name, biography, address) in the order of print."""
        kept = [f.cleaned_data for f in self.forms if f.cleaned_data and not f.cleaned_data.get("DELETE")]
        return [
            (said["key"], said["name"], said["biography"], said["email"])
            for said in sorted(kept, key=lambda s: s["order"])
        ]


CreditSet = forms.formset_factory(
    CreditForm, Credits, extra=1, can_delete=True, max_num=MOST_BYLINES, validate_max=True
)


class RegionsField(Several):
    """Regions, each said with what it is a part of."""

    def label_from_instance(self, region):
        return f"{region.parent}: {region.name}" if region.parent else region.name


class ClassificationForm(forms.Form):
    """Where a piece stands in the magazine."""

    kind = forms.ModelChoiceField(Kind.objects.all(), empty_label="Choose a kind")
    main_topic = forms.ModelChoiceField(Topic.objects.all(), empty_label="Choose a topic")
    other_topics = Several(
        Topic.objects.all(),
        label="Other topics, at most 3",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    regions = RegionsField(
        Region.objects.in_tree(),
        label="Regions, at most 4",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.update(self.as_it_is(self.thing))

    @staticmethod
    def as_it_is(piece):
        """Return how a piece is classified now."""
        return {
            "kind": piece.kind,
            "main_topic": piece.primary_topic,
            "other_topics": piece.topics_in_order[1:] if piece.primary_topic else piece.topics_in_order,
            "regions": list(piece.regions.all()),
        }

    def clean(self):
        said = super().clean()
        if len(self._topics(said)) > MOST_TOPICS:
            self.add_error("other_topics", "Choose at most three topics beside the main one.")
        if len(said.get("regions") or []) > MOST_REGIONS:
            self.add_error("regions", "Choose at most four regions.")
        return said

    @property
    def classification(self):
        """Return kind, topics and regions as the models want them."""
        said = self.cleaned_data
        return {"kind": said["kind"], "topics": self._topics(said), "regions": list(said["regions"])}

    @staticmethod
    def _topics(said):
        main = said.get("main_topic")
        return [main, *(topic for topic in said.get("other_topics") or [] if topic != main)]


class PlacingForm(VersionedForm, DeskForm, ClassificationForm):
    """A submission's classification, the questions it answers and the piece it answers to."""

    question_1 = forms.ModelChoiceField(
        Question.objects.all(), label="It answers the question", required=False
    )
    stance_1 = forms.ChoiceField(label="with", choices=[("", "—"), *Stance.choices], required=False)
    question_2 = forms.ModelChoiceField(Question.objects.all(), label="and the question", required=False)
    stance_2 = forms.ChoiceField(label="with", choices=[("", "—"), *Stance.choices], required=False)
    responds_to = Line(
        label="It responds to the piece at",
        max_length=300,
        required=False,
        help_text="The address of its page, such as /articles/2026/the-title/.",
    )

    def clean_responds_to(self):
        address = self.cleaned_data["responds_to"].strip()
        return _article_at(address) if address else None

    def clean(self):
        said = super().clean()
        for n in "12":
            if bool(said.get(f"question_{n}")) != bool(said.get(f"stance_{n}")):
                self.add_error(f"stance_{n}", "A question and its answer go together.")
        if said.get("question_1") and said["question_1"] == said.get("question_2"):
            self.add_error("question_2", "This is the same question twice.")
        return said

    @property
    def said(self):
        """Return what the verb is told."""
        said = self.cleaned_data
        answers = [(said[f"question_{n}"], said[f"stance_{n}"]) for n in "12" if said[f"question_{n}"]]
        others = {"version": said["version"], "answers": answers, "responds_to": said["responds_to"]}
        return {**self.classification, **others}


def _article_at(address):
    try:
        match = resolve(urlsplit(address).path)
        found = Article.objects.readable().filter(**match.kwargs) if match.url_name == "article" else None
    except (ValueError, Resolver404):
        found = None
    if not found:
        raise forms.ValidationError("There is no published piece at this address.")
    return found.get()


class PicturesForm(VersionedForm):
    """What each picture shows and whose it is."""

    typed = {r"alt-\w+": "What the picture shows", r"credit-\w+": "Credit"}

    def __init__(self, *args, pictures, **kwargs):
        super().__init__(*args, **kwargs)
        self.pictures = list(pictures)
        for picture in self.pictures:
            alt = Lines(label="What the picture shows", max_length=400, required=False)
            alt.widget.attrs["rows"] = 2
            self.fields[f"alt-{picture.key}"] = alt
            self.fields[f"credit-{picture.key}"] = Line(label="Credit", max_length=200, required=False)
            self.initial.setdefault(f"alt-{picture.key}", picture.alt)
            self.initial.setdefault(f"credit-{picture.key}", picture.credit)

    @property
    def rows(self):
        """Return each picture with its two fields."""
        return [(p, self[f"alt-{p.key}"], self[f"credit-{p.key}"]) for p in self.pictures]

    @property
    def said(self):
        """Return what the verb is told."""
        said = self.cleaned_data
        keys = [picture.key for picture in self.pictures]
        words = {key: {"alt": said[f"alt-{key}"], "credit": said[f"credit-{key}"]} for key in keys}
        return {"version": said["version"], "words": words}
