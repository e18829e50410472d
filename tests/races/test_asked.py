"""Questions whose SQL is written once, asked by several threads."""

from threading import Thread

import pytest
from django.db import connection, transaction

from articles.models import Article
from forum.lib.asked import asked
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


def test_nothing_is_locked_where_it_would_be_let_go_at_once(db):
    locked = asked(Article.objects.select_for_update)
    with transaction.atomic():
        assert locked() == []
    with pytest.raises(transaction.TransactionManagementError):
        locked()
