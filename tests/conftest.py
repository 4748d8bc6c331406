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
    """Begin with those that ask the live model, the longest piece; end with the network's others.

    The network is then built, and its kernels compiled, by one worker while another goes on with
    what needs none.
    """
    items.sort(key=lambda item: _turn(item.nodeid))


def _turn(nodeid):
    file = nodeid.split("::", 1)[0]
    return 0 if file in live_files() else 2 if file in network_files() else 1


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
    return files_with(r"\b(assessor|runs, |made_run)\b|assessed\.")


@cache
def network_files():
    """Test files that ask the real network, of their own or behind a server or a command."""
    return files_with(r"\b(world|World|served|Network|prepared|browse|serving|schemathesis)\b")


def files_with(pattern):
    here = Path(__file__).parent
    return {
        f"{here.name}/{path.name}"
        for path in here.glob("test_*.py")
        if re.search(pattern, path.read_text("utf-8"))
    }
