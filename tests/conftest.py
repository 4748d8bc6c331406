"""What several test modules share."""

import pytest


@pytest.fixture(scope="session")
def world():
    """The real world of the base year; the network is built when the user's cache has none."""
    from landbridge import World

    return World.base()
