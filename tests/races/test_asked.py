"""Questions whose SQL is written once, asked by several threads."""

from threading import Thread

from django.db import connection

from tests import makers
from tests.lib.test_asked import called


def test_each_thread_asks_by_its_own_connection(sami, edith, maggie):
    article = makers.an_article(sami, edith, maggie, title="By night")
    found = []

    def ask():
        found.append(called.first(title="By night").pk)
        connection.close()

    for asking in [Thread(target=ask) for _ in range(3)]:
        asking.start()
        asking.join()
    assert found == [article.pk] * 3
    assert called.first(title="By night").pk == article.pk
