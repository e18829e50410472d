"""A change of name that reaches every text of a piece: whatever would go with the piece may speak of its author."""

from django.apps import apps
from django.db import models

from articles.models.public.article import Article
from articles.models.public.author import PrintedByline

WORDS = (models.CharField, models.TextField, models.JSONField)
ADDRESSES = (models.SlugField, models.EmailField, models.FileField)
KEPT_APART = {"Message", "SafetyRequest"}  # what readers wrote, and what only officers may know


def belongings():
    """Return the tables whose rows would go with a piece, and how they are found: {model: lookup}."""
    start = apps.get_model("articles", "Submission")
    found, waiting = {start: "pk", Article: "submission"}, [start, Article]
    while waiting:
        owner = waiting.pop()
        for model, field in _dependents(owner):
            if model not in found:
                found[model] = field if owner is start else f"{field}__{found[owner]}"
                waiting.append(model)
    return found


def _dependents(owner):
    """Return the tables of this app whose rows go with one of `owner`, each with its foreign key."""
    return [
        (relation.related_model, relation.field.name)
        for relation in owner._meta.related_objects
        if relation.on_delete is models.CASCADE
        and relation.related_model._meta.app_label == owner._meta.app_label
        and relation.related_model.__name__ not in KEPT_APART
    ]


def put_everywhere(piece, name, biography=""):
    """Put the new name where the old one stands in all that belongs to a piece, and a `biography` under it."""
    for model, lookup in belongings().items():
        put_in(model._base_manager.filter(**{lookup: piece.pk}), name)
    if biography:
        piece.bylines.filter(name=name.new).update(biography=biography)
        printed = PrintedByline.objects.filter(edition__article__submission=piece, name=name.new)
        printed.update(biography=biography)


def put_in(rows, name):
    """Put the new name into the words of these rows."""
    columns = [field for field in rows.model._meta.concrete_fields if not isinstance(field, ADDRESSES)]
    fields = [field.attname for field in columns if isinstance(field, WORDS)]
    for row in list(rows.only("pk", *fields)):
        new = {field: name.put(getattr(row, field)) for field in fields}
        changed = {field: value for field, value in new.items() if value != getattr(row, field)}
        if changed:
            rows.model._base_manager.filter(pk=row.pk).update(**changed)
