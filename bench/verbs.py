"""Verbs of the desk, spoken by a process of their own: `python -m bench.verbs` in the environment of a site.

Reads a verb and the address of a piece, says which words will be gone, waits for a line, and says when they were.
"""

import json
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")

import django

django.setup()

from accounts.models import User
from articles.models import Article
from comments.models import Comment, Rule


def hide(article):
    """Return the words of a comment under a piece, and what hides it."""
    comment = Comment.objects.filter(discussion__article=article, status="published").earliest("number")
    moderator = User.objects.get(email="moderator@example.org")
    rule, reason = Rule.objects.about("attack"), "It is about the person."
    return comment.current.text.split("\n")[0], lambda: comment.hide(by=moderator, rule=rule, reason=reason)


def remove(article):
    """Return the first words of a piece, and what removes it."""
    managing = User.objects.get(email="desk2@example.org")
    words = article.edition.html.partition("<p>")[2][:80]
    return words, lambda: article.remove(by=managing, notice="Removed on legal advice.")


def main():
    """Do what is asked, one line after the other."""
    for line in sys.stdin:
        verb, path = line.split()
        _, _, year, slug, _ = path.split("/")
        words, act = {"hide": hide, "remove": remove}[verb](Article.objects.get(year=year, slug=slug))
        tell(words)
        sys.stdin.readline()
        act()
        tell(time.time())


def tell(what):
    """Say something on a line of its own."""
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
