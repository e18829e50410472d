"""What the documents name is there: files, names, commands, pages; and what is said of layers and numbers holds."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

from forum.lib import postgresql
from tests.any_day import MOMENTS

ROOT = Path(__file__).parents[2]
OTHERS = {".git", ".venv", "var", "node_modules"}
FILES = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file() and not OTHERS & set(path.parts)]
PATHS = [f"/{path}" for path in FILES]
DOCUMENTS = [str(path) for path in FILES if path.suffix == ".md"]
SPOKEN = {".py", ".js", ".toml", ".html", ".txt", ".example", ".conf", ""}
ELSEWHERE = {"COUNT", "journalctl", "max_requests", "pg_dump", "rediscache"}  # other programs' names


@pytest.fixture(scope="module")
def spoken():
    """Every word of the program."""
    texts = ((ROOT / path).read_text(errors="ignore") for path in FILES if path.suffix in SPOKEN)
    return set(re.findall(r"\w+", " ".join(texts)))


def prose(document):
    """Return a document without its blocks of code."""
    return re.sub(r"```.*?```", "", (ROOT / document).read_text(), flags=re.DOTALL)


def named(document):
    """Return what stands between backticks in one word; commands are tried by themselves."""
    return {word for code in re.findall(r"`([^`\s]+)`", prose(document)) for word in re.findall(r"[\w./-]*\w", code)}


def is_there(word, spoken):
    if word in ELSEWHERE or word in get_commands():
        return True
    if re.search(r"\.(py|md|js|css|conf|toml|html)$", word):
        return any(path.endswith(f"/{word.removeprefix('/')}") for path in PATHS)
    if re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", word):
        return word.rpartition(".")[2] in spoken
    return True


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_names_is_there(document, spoken):
    assert {word for word in named(document) if not is_there(word, spoken)} == set()


def test_all_that_is_set_for_a_connection_is_named_for_whoever_puts_a_pool_before_the_database():
    said = prose("docs/operations.md")
    assert [name for name in postgresql.SETTINGS if name not in said] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_link_in_a_document_leads_to_a_file(document):
    here = (ROOT / document).parent
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose(document))
    assert [place for place in linked if not (here / place).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_command_in_a_document_can_be_given(document):
    text = (ROOT / document).read_text()
    makes = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.MULTILINE)) <= makes
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= {*get_commands(), *OTHERS}


def test_the_layers_of_the_architecture_are_those_that_are_checked():
    """The page names the main ones, each above what the linter holds below it."""
    told = (ROOT / "docs/architecture.md").read_text().partition("every module has its layer.")[2].split("```")[1]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    for paragraph, contract in zip(told.split("\n\n"), contracts[:2], strict=True):
        place = {name: n for n, line in enumerate(contract["layers"]) for name in re.findall(r"[\w.]+", line)}
        places = [{place[name] for name in re.findall(r"[\w.]+", layer)} for layer in paragraph.split("→")]
        assert [sorted(beside) for beside in places] == sorted([min(beside)] for beside in places)


def test_contributors_read_at_how_many_moments_the_tests_are_run():
    assert len(MOMENTS) == 14
    assert "at fourteen moments" in (ROOT / "CONTRIBUTING.md").read_text()


def test_every_setting_of_the_example_is_explained_to_operators():
    example = (ROOT / ".env.example").read_text()
    explained = (ROOT / "docs/operations.md").read_text()
    names = re.findall(r"^(?:# )?([A-Z_]+)=", example, flags=re.MULTILINE)
    assert [name for name in names if f"`{name}`" not in explained] == []


def test_every_package_we_build_on_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    packages = [re.match(r"[\w-]+", line)[0] for line in project["dependencies"]]
    reasons = (ROOT / "docs/decisions/what-we-build-on.md").read_text().casefold()
    assert [package for package in packages if package not in reasons] == []
