"""What several test modules share."""

import re
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["app_server", "app_prepared"]

LIVE = "the live model"


@pytest.fixture(scope="session")
def world():
    """The real world of the base year; the network is built when the user's cache has none."""
    from landbridge import World

    return World.base()


@pytest.fixture(scope="session")
def assessor(world):
    """Answers scenarios on the real base; its baselines are made once a session, by year."""
    from landbridge.assess.assessor import Assessor

    return Assessor(world)


def pytest_collection_modifyitems(items):
    """Begin with those that ask the live model: theirs is the longest piece."""
    items.sort(key=lambda item: scope_of(item.nodeid) != LIVE)


def pytest_xdist_make_scheduler(config, log):
    """Hand whole files to workers, and all that ask the live model to one of them.

    What a file or the session makes once is then made once.
    """
    return Files(config, log)


class Files(LoadScopeScheduling):
    """Work in pieces of a file, but for the files that share the live model."""

    def _split_scope(self, nodeid):
        return scope_of(nodeid)


def scope_of(nodeid):
    """The file of a test, or `LIVE` for all files that name the model's fixture."""
    file = nodeid.split("::", 1)[0]
    return LIVE if file in live_files() else file


@cache
def live_files():
    """Test files in which the word `assessor` or that of a fixture made with it stands."""
    here = Path(__file__).parent
    return {
        f"{here.name}/{path.name}"
        for path in here.glob("test_*.py")
        if re.search(r"\b(assessor|runs, |made_run)\b|assessed\.", path.read_text("utf-8"))
    }
