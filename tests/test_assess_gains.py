"""A railway is good for those it is built for: the sign of what an opening brings."""

import pytest

from landbridge.scenario import read_scenario


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_those_whom_the_new_railway_reaches_gain(assessor):
    """Trade that went by ship and a long land leg would lose a way where the land is nearer now."""
    found = assessor.assess(read_scenario("china-kyrgyzstan-uzbekistan"), contributions=False)
    for code in ("KGZ", "UZB", "TJK"):
        assert found.economy(code).welfare_pct > 0.0
        assert found.economy(code).exports_pct > 0.0
