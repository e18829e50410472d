from django import template

from forum.lib.desk.promised import promise

register = template.Library()
register.filter(promise)
