"""Set-up killed at one moment after another goes on, and ends as if nothing had been."""

import json
from contextlib import ExitStack

import pytest

from forum.demo import content
from tests.forum.test_setting_up import modes
from tests.soak.conftest import wait_for

pytestmark = pytest.mark.soak


def count(site, what):
    """Ask the site's database how much there is of something; 0 while there is not even a table."""
    model = "from {} import {} as Model; print(Model.objects.count())".format(*what.rsplit(".", 1))
    said = site.manage("shell", "--no-imports", "-c", model).stdout
    return int(said) if said.strip() else 0


def test_set_up_killed_at_eight_moments_goes_on_at_the_next_start(site):
    folder = site.folder
    moments = {
        "the secret is there": (folder / "secret").exists,
        "migrating begins": lambda: "Preparing the database" in site.said(),
        "half is migrated": lambda: site.manage("showmigrations").stdout.count("[X]") > 20,
        "migrated, and nothing else": lambda: "Compressing the static files" in site.said(),
        "some static files are there": lambda: len([*(folder / "static").rglob("*.js")]) > 5,
        "some are compressed": lambda: any((folder / "static").rglob("*.br")),
        "the demonstration begins": lambda: "Loading the demonstration" in site.said(),
        "some of its pictures are there": lambda: len([*(folder / "media").rglob("*.jpg")]) > 3,
        "it listens": lambda: site.ask("/healthz"),
    }
    for has_come in moments.values():
        with site.started() as process:
            wait_for(has_come, process)
    with site.started() as process:
        wait_for(lambda: site.ask("/healthz") == "well\n", process)
        assert "Around the World" in site.ask("/")
    manifest = json.loads((folder / "static" / "staticfiles.json").read_text())["paths"]
    assert [name for name in manifest.values() if not (folder / "static" / name).exists()] == []
    assert count(site, "articles.models.Article") >= len([*content.pages("pieces")])
    assert count(site, "accounts.models.User") == count(site, "allauth.account.models.EmailAddress") > 6
    assert site.manage("migrate", "--check").returncode == 0
    assert modes(folder) == ({"600"}, {"700"})
    assert "Traceback" not in site.said()


def test_of_two_first_starts_at_once_the_second_waits_and_both_serve(site):
    second = type(site)(site.folder, site.database)
    with ExitStack() as both:
        processes = [both.enter_context(started.started()) for started in (site, second)]
        for started, process in zip((site, second), processes, strict=True):
            wait_for(lambda started=started: started.ask("/healthz") == "well\n", process)
    assert site.said().count("Preparing the database") == site.said().count("Loading the demonstration") == 1
    assert "Traceback" not in site.said()
