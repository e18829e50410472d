from django import template

from forum.lib.desk.promised import promise, since

register = template.Library()
register.filter(promise)
register.filter(since)
