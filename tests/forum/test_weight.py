"""What a reader's browser asks for before it has a page, and what it waits for before it draws."""

import re

import pytest

from tests.comments import making

ASKED = re.compile(r'<(?:link rel="(?:icon|stylesheet)"[^>]*? href|(?:script|img)[^>]*? src)="([^"]+)')
DRAWN_LATER = re.compile(r'<script type="(?:module|application/ld\+json)"')


@pytest.fixture
def pages(client, article, rosa, mina):
    making.a_published(article, rosa, mina)
    return {name: client.get(path).text for name, path in (("home", "/"), ("piece", article.get_absolute_url()))}


def test_a_page_is_drawn_once_one_sheet_is_there(pages):
    for page in pages.values():
        head = page.partition("</head>")[0]
        assert head.count('rel="stylesheet"') == 1
        assert head.count("<script") == len(DRAWN_LATER.findall(head))


def test_a_page_comes_in_few_requests(pages, client, article, rosa):
    asked = {name: len(set(ASKED.findall(page))) + 1 for name, page in pages.items()}
    assert asked == {"home": 4, "piece": 4}
    client.force_login(rosa)
    assert len(set(ASKED.findall(client.get(article.get_absolute_url()).text))) + 1 == 5
