"""Forty small style sheets reach the browser as one, and so do the scripts of a page."""

import gzip
import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from forum.lib.web.bundle import bundled, joined, lean

SHEETS = {
    "css/site.css": '@layer base, parts;\n@import url("base.css") layer(base);\n@import url("parts/all.css");\n',
    "css/base.css": "body { background: url(paper.png); }\n",
    "css/parts/all.css": '@import url("card.css") layer(parts);\n@import url("../base.css");\n',
    "css/parts/card.css": ".card { background: url('../../img/card.svg') } .mark { mask: url(#a), url(data:x) }\n",
}


def test_an_import_is_replaced_by_its_sheet_in_its_layer():
    assert bundled("css/site.css", SHEETS).startswith(
        '@layer base, parts;\n@layer base {\nbody { background: url("paper.png"); }\n}\n'
    )


def test_a_sheet_in_another_folder_finds_its_pictures_and_its_own_imports():
    text = bundled("css/site.css", SHEETS)
    assert 'url("../img/card.svg")' in text
    assert text.count('url("paper.png")') == 2
    assert "url(#a), url(data:x)" in text
    assert "@import" not in text


def test_what_only_its_writers_read_is_left_out():
    sheet = '/* Why. */\n.card {\n  color: red; /* as\n  agreed */\n\n  &::after { content: "/* said */"; }\n}\n'
    assert lean(sheet) == '\n.card {\ncolor: red; \n&::after { content: "/* said */"; }\n}\n'


SCRIPTS = {
    "js/page.js": '// Both.\nimport "./one.js"\nimport "./two.js"\n',
    "js/one.js": "const key = 1\n",
    "js/two.js": "const key = 2\n",
}


def test_scripts_of_a_page_are_joined_and_know_nothing_of_each_others_names():
    assert joined("js/page.js", SCRIPTS) == "// Both.\n{\nconst key = 1\n}\n{\nconst key = 2\n}\n"


def test_a_script_that_shares_something_is_not_joined():
    with pytest.raises(ImproperlyConfigured, match=r"two\.js"):
        joined("js/page.js", SCRIPTS | {"js/two.js": 'import { key } from "./one.js"\n'})


@pytest.fixture
def collected(settings, tmp_path):
    """Collect the site's own files as a start does."""
    settings.STATIC_ROOT = tmp_path / "static"
    bundling = {"BACKEND": "forum.lib.web.bundle.BundledStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": bundling}
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


def test_the_site_and_the_desk_each_have_one_sheet(collected, settings):
    for name in ("css/site.css", "css/desk.css"):
        text = (collected / staticfiles_storage.stored_name(name)).read_text()
        assert "@import" not in text
        assert "--ink" in text
        assert ".comment" in text
        linked = re.findall(r'url\("?([^")]+)"?\)', text)
        assert [link for link in linked if not (collected / "css" / link).exists()] == []


def test_readers_wait_for_less_than_ten_kilobytes_of_style(collected):
    sheet = (collected / staticfiles_storage.stored_name("css/site.css")).read_bytes()
    assert len(gzip.compress(sheet)) < 10_000


def test_the_page_of_a_piece_has_one_script(collected):
    text = (collected / staticfiles_storage.stored_name("js/article.js")).read_text()
    assert "import" not in re.sub(r"//.*", "", text)
    assert all(mark in text for mark in ("[data-share]", "[data-reply]", "[data-draft]"))
