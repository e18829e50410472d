"""Who may change what the site says about itself; ranks are read by attribute, for people live above."""


def may_edit_site(user, thing=None):
    """The administrator and managing editors keep the site's settings and pages."""
    return bool(user.is_active and (user.is_superuser or getattr(user, "is_managing_editor", False)))
