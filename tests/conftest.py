"""What several test modules share."""

import pytest

pytest_plugins = ["app_server", "app_prepared"]


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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Hand whole files to workers, those that ask the live model together and first.

    What a file or the session makes once is then made once, and the longest piece starts first.
    """
    for item in items:
        live = "assessor" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("assessor" if live else str(item.path)))
    items.sort(key=lambda item: "assessor" not in getattr(item, "fixturenames", ()))
