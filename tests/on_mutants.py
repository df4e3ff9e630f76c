"""A plugin of pytest for scripts/mutants: the same tests, many times in one process, so quick."""

import os

import pytest
from django.test import utils
from hypothesis import HealthCheck, Phase, settings

# Few examples, always the same, and no search for the smallest one: that one fails is enough.
settings.register_profile(
    "mutants",
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")
MOST_EXAMPLES = 100


@pytest.hookimpl(trylast=True)  # after pytest-django, which puts those with rows first
def pytest_collection_modifyitems(items):
    """Tables before rows: most mutants fall by a table, in no time. Tests that ask for more examples than others get
    some more than others."""
    items.sort(key=lambda item: "db" in item.fixturenames)
    for item in items:
        own = getattr(item.obj, "_hypothesis_internal_use_settings", None)
        if own and own.max_examples > MOST_EXAMPLES:
            item.obj._hypothesis_internal_use_settings = settings(own, max_examples=MOST_EXAMPLES)


_make, _made = utils.setup_databases, []


def _make_once(*args, **kwargs):
    """The database is made by the first run; a mutant gets a process with a copy of it."""
    if not _made:
        _made.append(_make(*args, **kwargs))
    return _made[0]


utils.setup_databases = _make_once
utils.teardown_databases = lambda *args, **kwargs: None


def _forget():
    from leerplicht.law import calendar

    calendar._regional_school_days.cache_clear()
    calendar._termijnenwet_days.cache_clear()


def pytest_sessionstart():
    """What is remembered of the law before the change would hide the change."""
    _forget()


def pytest_runtest_setup():
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":  # which tests call which function
        _forget()
