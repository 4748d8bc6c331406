"""Renew the tables of docs/validation.md from a run of the network's validation.

Run: python calibration/validation_page.py
"""

from __future__ import annotations

from pathlib import Path

from landbridge.validate import network
from landbridge.validate.page import renewed, tables
from landbridge.world import World

PAGE = Path(__file__).parents[1] / "docs/validation.md"


def main() -> None:
    """Ask every figure, write the page, say how many are met."""
    targets = network.run(World.base())
    made = tables(targets, network.unanswered())
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    judged = [target for target in targets if target.within is not None]
    print(f"{sum(bool(t.within) for t in judged)} of {len(judged)} within; wrote {PAGE}")


if __name__ == "__main__":
    main()
