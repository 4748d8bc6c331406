"""What is asked of the router, every name already understood."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.network.graph import Mode, Network
from landbridge.routing.corridors import Corridor
from landbridge.routing.filters import NOTHING_CLOSED, Closed
from landbridge.routing.metrics import By
from landbridge.routing.results import Place


@dataclass(frozen=True, slots=True)
class Question:
    """A request for routes, every name already understood.

    `modes` is None for all; `avoid` holds positions of economies; `via` keeps to one corridor;
    `land_weight` weighs rail and road in the choice of the way, not in what the way takes.
    """

    year: int
    cargo: str = "general"
    by: By = "generalised"
    modes: frozenset[Mode] | None = None
    via: Corridor | None = None
    avoid: frozenset[int] = frozenset()
    closed: Closed = NOTHING_CLOSED
    land_weight: float = 1.0


def modes_named(modes: frozenset[Mode] | None) -> str:
    """Name modes for a message."""
    return "line" if modes is None else " or ".join(sorted(m.name.lower() for m in modes)) + " line"


def why_not(origin: Place, destination: Place, question: Question, network: Network) -> str:
    """Say that there is no way, and under which conditions."""
    limits = [f"in {question.year}"]
    if question.modes is not None:
        limits.append("by " + ", ".join(sorted(m.name.lower() for m in question.modes)))
    if question.via is not None:
        limits.append(f"via {question.via.name}")
    if question.avoid:
        limits.append("avoiding " + ", ".join(sorted(network.economies[k] for k in question.avoid)))
    if question.closed != NOTHING_CLOSED:
        limits.append("with what is closed")
    return (
        f"no way from {origin.name} ({origin.economy}) to {destination.name} "
        f"({destination.economy}) {', '.join(limits)}: allow more modes, avoid fewer economies, "
        "or choose another year"
    )
