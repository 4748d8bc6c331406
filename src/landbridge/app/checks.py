"""The checks of the model against published figures that a server makes, as jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from landbridge.assess.assessor import Assessor
    from landbridge.validate.targets import Target

Check = Literal["network", "flows", "history", "studies"]
CHECKS: tuple[Check, ...] = get_args(Check)


def make(what: Check, assessor: Assessor, progress: Callable[[str, float], None]) -> list[Target]:
    """Make a check."""
    from landbridge.validate import flows, history, network, studies

    if what == "network":
        return list(network.run(assessor.world))
    runs = {"flows": flows.run, "history": history.run, "studies": studies.run}
    return list(runs[what](assessor, progress))
