"""The part of rulings, reports, rules and wordings that keeps them as they were written."""

from django.db import models

from forum.lib.insert import insert


class WrittenOnce(models.Model):
    """A row that is written once and never changed."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(f"A {type(self).__name__} is never changed.")
        insert(self)
