"""Comparisons that take minutes, kept on disk until a fact or a rule of the model changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import landbridge
from landbridge import facts
from landbridge.economy.table.basetable import BaseTable
from landbridge.network import cache
from landbridge.validate.targets import Target

ROOMS = ("routing", "economy", "levers", "scenario", "assess", "validate")
"""Rooms whose rules a comparison rests on; the network has a key of its own."""


def kept(
    name: str, table: BaseTable, make: Callable[[], Sequence[Target]], *, folder: Path | None = None
) -> list[Target]:
    """What `make` returned when the same facts, rules, network and base economy last asked it.

    A folder that cannot be written costs only time.

    Parameters
    ----------
    name : of the comparison
    folder : where it is kept; beside the networks when left out
    """
    place = (folder or cache.root()) / "validate" / f"{name}-{_key(table)}.json"
    try:
        return [Target(**fields) for fields in json.loads(place.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        found = list(make())
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        for old in place.parent.glob(f"{name}-*.json"):
            old.unlink()
        scratch = place.with_suffix(".part")
        scratch.write_text(json.dumps([asdict(t) for t in found]), encoding="utf-8")
        scratch.replace(place)
    except OSError:
        pass
    return found


def _key(table: BaseTable) -> str:
    digest = hashlib.sha256((cache.build_key() + facts.content_hash()).encode())
    here = Path(landbridge.__file__).parent
    for room in ROOMS:
        for source in sorted([*(here / room).rglob("*.py"), *(here / room).rglob("*.toml")]):
            digest.update(source.read_bytes())
    digest.update(table.base.trade.tobytes())
    return digest.hexdigest()[:16]
