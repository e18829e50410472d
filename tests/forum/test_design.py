"""What holds the look together."""

import re

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
TEMPLATES = settings.BASE_DIR / "templates"
SHEETS = sorted(CSS.rglob("*.css"))
APPS = ["forum", "accounts", "articles", "comments", "alerts"]
READ_FROM_A_DISK = "copied.html"
OWN_STYLE = re.compile(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*(?:src=|json))")
OF_A_LIBRARY = {"editor"}  # the editor draws its own elements


def test_every_component_has_its_own_sheet():
    components = {path.stem[1:] for path in (TEMPLATES / "components").glob("_*.html")}
    assert components - {path.stem for path in (CSS / "components").glob("*.css")} == set()


def test_every_component_sheet_has_its_template():
    templates = {path.stem[1:] for path in TEMPLATES.rglob("_*.html")}
    assert {path.stem for path in (CSS / "components").glob("*.css")} - templates == OF_A_LIBRARY


def test_every_sheet_is_loaded_by_something():
    sheets = "".join((CSS / name).read_text() for name in ["site.css", "desk.css"])
    code = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py")]
    told = sheets + "".join(path.read_text() for path in [*TEMPLATES.rglob("*.html"), *code])
    names = {path.relative_to(CSS).as_posix() for path in SHEETS}
    assert {name for name in names if f'"{name}"' not in told and f"css/{name}" not in told} == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(CSS).as_posix())
def test_a_sheet_is_short_and_takes_its_colours_from_the_tokens(sheet):
    text = sheet.read_text()
    assert len(text.splitlines()) <= 120
    assert "!important" not in text
    if sheet.name != "tokens.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)|\b(?:rgb|hsl|oklch|lab|color-mix)\(", text) == []


def test_no_template_carries_style_or_script_of_its_own():
    for path in TEMPLATES.rglob("*.html"):
        if "mail" not in path.relative_to(TEMPLATES).parts[:1] and path.name != READ_FROM_A_DISK:
            text = path.read_text()
            assert OWN_STYLE.findall(text) == [], path
            assert "|safe" not in text, path
