"""The settings as the environment makes them, each in its own process."""

import os
import subprocess
import sys

import pytest
from django.db import connection

STRONG = "k8Zq-3vXw_7Rt5Yp2Nc9Lb4Hd6Js1Gf0Ma-Qe_Ui7Oz3Tx5Bv8Cn2Wr"
PRODUCTION = {"SECRET_KEY": STRONG, "ALLOWED_HOSTS": "forum.example", "DATABASE_URL": "postgres://u@127.0.0.1/forum"}


def manage(*arguments, **environment):
    """Run manage.py with nothing but this environment."""
    base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={**base, "READ_DOT_ENV": "0", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path):
    return {"VAR_DIR": str(tmp_path)}


def test_the_deploy_check_is_silent_in_production(folder):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, **folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout + done.stderr == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + STRONG}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DEMO": "1"}, "loopback"),
        ({"DEBUG": "1"}, "loopback"),
        ({"LETTERS_WAIT": "-1"}, "LETTERS_WAIT"),
    ],
)
def test_production_refuses_what_is_weak(folder, change, complaint):
    done = manage("check", **{**PRODUCTION, **folder, **change})
    assert done.returncode != 0
    (sentence,) = done.stderr.splitlines()
    assert complaint in sentence


def test_the_site_knows_its_own_address(folder):
    shell = ("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.SITE_URL)")
    assert manage(*shell, **PRODUCTION, **folder).stdout.strip() == "https://forum.example"
    assert manage(*shell, DEMO="1", PORT="8001", **folder).stdout.strip() == "http://127.0.0.1:8001"


def test_the_demonstration_keeps_its_secret_between_starts(folder):
    shell = ("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.SECRET_KEY)")
    first = manage(*shell, DEMO="1", **folder).stdout
    assert len(first) > 50
    assert manage(*shell, DEMO="1", **folder).stdout == first


def test_what_the_address_of_the_database_asks_for_is_kept_beside_our_limits(folder):
    options = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
    asking = {**PRODUCTION, "DATABASE_URL": f"{PRODUCTION['DATABASE_URL']}?sslmode=require"}
    said = manage("shell", "--no-imports", "-c", options, **asking, **folder).stdout
    assert "'sslmode': 'require'" in said
    assert "statement_timeout=15000" in said


def test_postgresql_compiles_no_query(db, on_postgresql):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
