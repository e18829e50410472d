"""The rules of the house that a machine can read; each test names the places that break one."""

import ast
import inspect
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.forms import BaseForm
from django.urls import get_resolver

from forum.lib.moves import Moving

ROOT = Path(__file__).resolve().parent.parent
APPS = ["forum", "accounts", "articles", "comments", "alerts"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CSS = sorted((ROOT / "static" / "css").rglob("*.css"))
JS = sorted((ROOT / "static" / "js").rglob("*.js"))
PYTHON = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
COMPONENTS = ROOT / "templates" / "components"
MACHINES = [model for model in apps.get_models() if issubclass(model, Moving)]
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(")
DATA = "forum/demo/"  # long because it is a table
LONG = {
    "articles/workflow/submission.py",  # one table: a piece's whole way
    "forum/lib/moves.py",  # one mechanism: what a move is and how it is made, read in one go
}


def breaking(paths, pattern, *, spare=()):
    """Return the places where a pattern stands that may not, as file and line."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:90]}"
        for path in paths
        if not any(path.is_relative_to(ROOT / spared) for spared in spare)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_html_is_marked_safe_in_one_file_only():
    assert breaking(TEMPLATES, r"\|\s*safe\b|autoescape\s+off") == []
    assert breaking(PYTHON, r"\bmark_safe\b|\bSafeString\(|\bSafeText\b", spare=["forum/lib/text/prose.py"]) == []


def test_a_text_is_marked_as_cleaned_where_it_is_cleaned_and_nowhere_else():
    assert breaking(PYTHON, r"\bBody\(", spare=["forum/lib/text/tidy.py"]) == []
    assert breaking(PYTHON, r"\bFinished\(", spare=["forum/lib/text/prose.py"]) == []


def test_pages_carry_no_style_and_no_script_of_their_own():
    assert breaking(TEMPLATES, r"\bstyle\s*=\s*[\"']", spare=["templates/mail"]) == []
    elsewhere = ["templates/mail", "templates/accounts/copied.html"]  # read in a mail program, and from a disk
    assert breaking(TEMPLATES, r"<style\b", spare=elsewhere) == []
    assert breaking(TEMPLATES, r"<[^>]*\son[a-z]+\s*=|javascript:") == []
    scripts = [tag for path in TEMPLATES for tag in re.findall(r"<script\b[^>]*>", path.read_text())]
    assert scripts
    assert [tag for tag in scripts if "src=" not in tag and not re.search(r'type="application/(ld\+)?json"', tag)] == []


def test_a_form_that_is_sent_names_its_address_and_no_place_on_its_page():
    """Where an address has a fragment, no browser gives the focus to what is wrong with the form."""
    forms = [tag for path in TEMPLATES for tag in re.findall(r'<form\b.* method="post".*', path.read_text())]
    assert len(forms) > 50
    assert [tag for tag in forms if not re.search(r'<form\b.*? action="', tag) or '#"' in tag] == []


def test_a_comment_ends_on_its_line():
    """Django shows readers a `{#` that is closed on another line."""
    lines = [(path.name, line) for path in TEMPLATES for line in path.read_text().splitlines()]
    assert [(name, line) for name, line in lines if "{#" in line and "#}" not in line] == []


def test_a_line_of_a_template_can_be_read():
    """One tag may run on: Django keeps it on one line."""
    assert breaking(TEMPLATES, r"^(?!\s*\{%(?:(?!%\}).)*%\}$).{201}") == []


def test_a_template_is_told_what_it_shows():
    """Those of allauth's own pages ask for what they need."""
    asks = r'\{% include (?!"mfa/webauthn/)(?:(?!%\}).)*(?<! only )%\}'
    mails = sorted((ROOT / "templates").rglob("*.txt"))
    assert breaking([*TEMPLATES, *mails], asks) == []


def test_colours_are_named_once_and_nothing_is_important():
    assert breaking(CSS, r"!\s*important") == []
    assert breaking(CSS, COLOUR.pattern, spare=["static/css/tokens.css"]) == []


def test_every_component_with_a_class_of_its_own_has_its_style_and_each_style_is_linked():
    linked = "".join(path.read_text() for path in [*CSS, *TEMPLATES, *PYTHON])
    lacking, unlinked = [], []
    for path in COMPONENTS.glob("_*.html"):
        name = path.stem.removeprefix("_")
        classes = " ".join(re.findall(r'class="([^"]*)"', path.read_text())).split()
        own = [found for found in classes if re.match(rf"{name.replace('_', '[-_]')}(-|$)", found)]
        if own and not (ROOT / f"static/css/components/{name}.css").exists():
            lacking.append((path.name, own[0]))
    for path in CSS:
        below = path.relative_to(ROOT / "static/css").as_posix()
        if not re.search(rf"[\"'(/]{re.escape(below)}", linked):
            unlinked.append(below)
    assert lacking == []
    assert unlinked == []


@pytest.mark.parametrize(
    ("paths", "most"), [(JS, 119), (CSS, 120), (TEMPLATES, 120), (PYTHON, 350)], ids=["js", "css", "html", "py"]
)
def test_files_stay_short(paths, most):
    read = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    lengths = {name: len(text.splitlines()) for name, text in read.items() if not name.startswith(DATA)}
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > most and name not in LONG} == {}


FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def trees():
    """Return the files of the site as Python reads them, each with its name."""
    return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in PYTHON]


def nodes(kind):
    """Return every function or class of the site with the file it stands in."""
    return [(path, node) for path, tree in trees() for node in ast.walk(tree) if isinstance(node, kind)]


@pytest.mark.parametrize(("kind", "most"), [(FUNCTIONS, 30), (ast.ClassDef, 200)], ids=["functions", "classes"])
def test_functions_and_classes_stay_short(kind, most):
    lengths = [(path, node.name, node.end_lineno - node.lineno + 1) for path, node in nodes(kind)]
    assert len(lengths) > 500
    assert [(path, name, lines) for path, name, lines in lengths if lines > most] == []


MODELS = [model for model in apps.get_models() if model.__module__.partition(".")[0] in APPS]
PARENTS, LINES = 8, 650


def weight(model):
    """Return how many classes of ours a model has above it, and how many lines it has with them."""
    above = [cls for cls in model.__mro__[1:] if cls.__module__.partition(".")[0] in APPS]
    return len(above), sum(len(inspect.getsource(cls).splitlines()) for cls in [model, *above])


def test_a_model_has_few_parents_and_few_lines_with_them():
    """What asks of a row and does not act stands in functions, beside whoever asks."""
    heavy = {}
    for model in MODELS:
        parents, lines = weight(model)
        if parents > PARENTS or lines > LINES:
            heavy[model.__name__] = (parents, lines)
    assert heavy == {}


def test_a_part_of_a_model_says_of_which():
    """Where a module has no model of its own, its first line says what its classes are parts of."""
    classes = {cls for model in MODELS for kind in (model, type(model.objects.all())) for cls in kind.__mro__}
    parts = {cls.__module__ for cls in classes} - {model.__module__ for model in MODELS}
    ours = {name for name in parts if name.partition(".")[0] in APPS}
    assert len(ours) > 10
    assert {name for name in ours if not sys.modules[name].__doc__} == set()


def below(kind):
    """Return a class and all that are made of it."""
    return {kind}.union(*map(below, kind.__subclasses__()))


def test_a_form_is_called_one():
    get_resolver().url_patterns  # noqa: B018 (loads every form there is)
    ours = {form.__name__ for form in below(BaseForm) if form.__module__.partition(".")[0] in APPS}
    assert len(ours) > 50
    assert {name for name in ours if not name.endswith("Form")} == set()


PARTS = {"declarations", "points", "sought", "timed"}  # of forms that stand elsewhere


def test_a_form_stands_in_a_file_named_like_its_screen():
    unlike = set()
    for app in ("articles", "comments"):
        for path in (ROOT / app / "forms").rglob("*.py"):
            screens = "admin" if path.parent.name == "desk" else "views"
            is_ground = app == "articles" and path.parent.name == "forms"  # what several screens ask
            if not is_ground and not (ROOT / app / screens / path.name).exists():
                unlike.add(path.stem)
    assert unlike == PARTS


def test_no_two_classes_have_one_name():
    """A name leads to one thing; `Command` is how Django finds what is called on a command line."""
    named = [(node.name, path) for path, tree in trees() for node in tree.body if isinstance(node, ast.ClassDef)]
    count = Counter(name for name, _ in named)
    assert {f"{name}: {path}" for name, path in named if count[name] > 1 and name != "Command"} == set()


MEANT = {"held": "comments", "said": "forms", "shown": "comments"}  # words of one meaning, and where they have it


def test_a_word_of_one_meaning_is_given_no_other():
    named = {(path, node.name) for path, node in nodes(FUNCTIONS) if node.name in MEANT}
    assert named
    assert {f"{name}: {path}" for path, name in named if MEANT[name] not in path.split("/")} == set()


def test_imports_stand_at_the_top():
    inside = [
        f"{path}: {node.name}"
        for path, node in nodes(FUNCTIONS)
        if node.name != "ready" and any(isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(node))
    ]
    assert inside == []


def test_views_read_what_was_posted_through_forms():
    assert breaking(PYTHON, r"request\.(POST|GET)\[|request\.POST\.get\(") == []


def test_rows_are_saved_by_naming_their_fields():
    assert breaking(PYTHON, r"\.save\(\)") == []


def test_no_error_is_swallowed_whole():
    assert breaking(PYTHON, r"except (Base)?Exception\b|except\s*:", spare=["forum/lib/border.py"]) == []


def test_a_state_is_set_by_moves_alone():
    assert breaking(PYTHON, r"\.status\s*=[^=]|record\([^)]*\bstatus=", spare=["forum/lib/moves.py"]) == []
    assert breaking(PYTHON, r"update\([^)]*\bstatus=", spare=["forum/lib/moves.py"]) == []


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_the_database_knows_the_states_of_every_machine(model):
    checks = [c.condition for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    assert models.Q(status__in=list(model.machine.states)) in checks


def test_there_are_machines_to_check():
    assert len(MACHINES) >= 7


VIOLATIONS = {
    "accounts/clock.py": ("from comments.models import Comment", "Apps point downwards"),
    "articles/models/public/edition.py": (
        "from articles.models.private.revision import Revision", "What is public knows nothing",
    ),
    "articles/guards.py": ("from articles import mail", "Inside an app"),
    "articles/forms/author/notes.py": ("from articles.forms.desk.notes import NoteForm", "Forms of readers"),
    "comments/models/rule.py": ("from forum.lib.web.throttle import allow", "Only the web layer knows requests"),
}


def linted(folder):
    """Run the import linter over a copy of the site."""
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([linter, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path):
    """A copy of the site's code without its data."""
    for app in APPS:
        leave = shutil.ignore_patterns("__pycache__", "*.html")
        shutil.copytree(ROOT / app, tmp_path / app, ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_point_the_right_way(copy):
    found = linted(copy)
    assert found.returncode == 0, found.stdout
    assert "0 broken" in found.stdout


def test_an_import_that_points_the_wrong_way_is_noticed(copy):
    for name, (line, _) in VIOLATIONS.items():
        path = copy / name
        path.write_text(f"{path.read_text()}\n{line}\n")
    found = linted(copy)
    assert found.returncode != 0
    for _, contract in VIOLATIONS.values():
        assert re.search(rf"{contract}.* BROKEN", found.stdout), found.stdout


def test_every_module_has_its_layer():
    """Inside an app the linter asks it; what stands beside the apps, in `forum`, is asked here."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = {layer.strip("() ") for line in contracts[0]["layers"] for layer in re.split("[|:]", line)}
    here = [*(ROOT / "forum").glob("*.py"), *(path.parent for path in (ROOT / "forum").glob("*/__init__.py"))]
    beside = {path.stem for path in here}
    assert {f"forum.{name}" for name in beside - {"__init__", "migrations"}} | set(APPS[1:]) == layers
    assert contracts[1]["exhaustive"]

def test_no_test_empties_the_database_for_those_after_it():
    """What migrations bring would be gone: who must commit takes the `db` of tests/races."""
    emptying = re.compile(r"transaction=" + r"True|transactional" + r"_db|TransactionTest" + r"Case")
    assert [path.name for path in (ROOT / "tests").rglob("*.py") if emptying.search(path.read_text())] == []
