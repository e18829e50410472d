"""What is needed in a form, and whether anything is to be filled in."""


class Marked:
    """Mix in first: fields named in `marked` are shown as needed, and asked for only by whoever knows that they are."""

    marked = ()

    def full_clean(self):
        """Check all but whether the marked fields are there."""
        needed = [self.fields[name] for name in self.marked]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True


def has_words(form):
    """Say whether a form has something to fill in, so that its page comes before the press."""
    return any(not field.widget.is_hidden for field in form.base_fields.values())
