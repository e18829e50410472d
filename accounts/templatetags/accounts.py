from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def second_factor_waived():
    """Say whether staff may enter the desk without a second factor, as they may in the demonstration only."""
    return not settings.STAFF_SECOND_FACTOR
