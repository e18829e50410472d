"""Handing over: whatever names one row names another from now on."""

from django.db import IntegrityError, transaction


def hand_over(one, other):
    """Let every row that names `one` by a foreign key name `other`; where both stand already, once is enough."""
    for model, name in _who_names(one):
        for row in model._base_manager.filter(**{name: one}):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=row.pk).update(**{name: other})
            except IntegrityError:
                row.delete()


def _who_names(thing):
    """Return the tables with a foreign key to this thing's, and its name; not those that only join two."""
    fields = [field for field in thing._meta.get_fields(include_hidden=True) if field.auto_created]
    keys = [field for field in fields if field.one_to_many or field.one_to_one]
    return [(key.related_model, key.field.name) for key in keys if not key.related_model._meta.auto_created]
