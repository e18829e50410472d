"""Of everything that names a person, the copy she gets has the words; or there is a reason why not."""

import json

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CharField, TextField

from accounts.copy import copy_of
from accounts.models import User

NOT_HERS = {
    "admin.LogEntry": "what was done at the desk",
    "articles.AuthorNote by": "what was done at the desk; the author has it",
    "articles.StaffNote": "what editors say among themselves",
    "articles.Letter by": "what was done at the desk; the author has it",
    "articles.Submission editor": "what was done at the desk",
    "articles.Submission publisher": "what was done at the desk",
    "articles.Submission guest": "what was done at the desk",
    "articles.Edition made_by": "what was done at the desk",
    "articles.Conflict": "what was done at the desk",
    "comments.Ruling by": "what was done at the desk",
    "comments.Rule by": "what was done at the desk",
    "comments.Mute whom": "another reader's wish, which is nobody's business",
    "articles.Invitation person": "a way in, no word of anybody",
    "articles.Upload by": "a file she sent is with her piece; one that an editor sent is the desk's",
    "articles.Revision made_by": "an earlier text of a piece she has in the copy",
    "comments.Notice to": "which letter tells of which comment; the letter is there",
}  # and what somebody did to a thing is told in the sentences about it
OF_OTHERS = {"guest_name", "guest_email"}


def is_excused(model, field):
    if model.__name__.endswith("Event") and field.name == "actor":
        return True
    return {model._meta.label, f"{model._meta.label} {field.name}"} & set(NOT_HERS)


def words_of(row):
    fields = [field for field in row._meta.concrete_fields if isinstance(field, TextField | CharField)]
    said = [str(getattr(row, field.name)) for field in fields if not field.choices and field.name not in OF_OTHERS]
    return [words for words in said if " " in words and not words.startswith("<")]


def test_whatever_names_a_person_is_in_her_copy(world, cast):
    lacking, looked_at = [], set()
    for person in User.objects.all():
        told = json.dumps(copy_of(person).sections, cls=DjangoJSONEncoder, ensure_ascii=False)
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if field.related_model is User and not is_excused(model, field):
                    for row in model._default_manager.filter(**{field.name: person}):
                        looked_at.add(model._meta.label)
                        words = [json.dumps(words, ensure_ascii=False)[1:-1] for words in words_of(row)]
                        lacking += [(model._meta.label, field.name, said) for said in words if said not in told]
    assert lacking == []
    assert looked_at > {"comments.Comment", "articles.Submission", "comments.Report", "articles.SafetyRequest"}
