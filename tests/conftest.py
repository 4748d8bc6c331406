"""What several test modules share."""

import pytest


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
