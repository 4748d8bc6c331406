"""Skims as Open Matrix files (OMX 0.2): one matrix a figure, zones named in a mapping."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from landbridge.exchange.files import whole_file
from landbridge.exchange.sources import provenance

if TYPE_CHECKING:
    from landbridge.routing.skim import Skim

MATRICES = {
    "time_h": "hours",
    "time_sd_h": "hours, standard deviation",
    "distance_km": "kilometres",
    "cost_usd_feu": "US dollars for a forty-foot container",
    "co2_kg_feu": "kilograms of CO2 for a forty-foot container",
}
"""The matrices of a skim, with their units."""


def write_skim(skim: Skim, target: Path) -> None:
    """Write the five matrices, the zones' numbers as mapping `zone`, their names as lookups.

    Unreachable pairs are NaN, as in `Skim`. The mapping holds positions 1..Z, which every OMX
    reader takes; `lookup/zone_id`, `zone_name`, `economy`, `lat`, `lon` say who they are.
    """
    with warnings.catch_warnings():
        # PyTables warns of names that Python attributes cannot have; OMX reads them by path.
        warnings.filterwarnings("ignore", module=r"tables\..*")
        with whole_file(target) as scratch:
            _write(skim, scratch)


def _write(skim: Skim, scratch: Path) -> None:
    import openmatrix

    file = openmatrix.open_file(str(scratch), "w")
    try:
        for name, unit in MATRICES.items():
            file[name] = np.asarray(getattr(skim, name), np.float32)
            file[name].attrs.unit = unit
            file[name].attrs.missing = "NaN: no way between the two zones"
        file.create_mapping("zone", list(range(1, len(skim.zones) + 1)))
        texts = {
            "zone_id": [str(zone.id) for zone in skim.zones],
            "zone_name": [zone.name for zone in skim.zones],
            "economy": [zone.economy for zone in skim.zones],
        }
        for name, words in texts.items():
            # HDF5 arrays of this kind hold bytes: UTF-8, as the attribute says.
            array = np.array([word.encode() for word in words])
            node = file.create_array("/lookup", name, array)
            node.attrs.encoding = "utf-8"
        for name in ("lat", "lon"):
            values = np.array([getattr(zone, name) for zone in skim.zones], np.float64)
            file.create_array("/lookup", name, values)
        for key, value in provenance().items():
            setattr(file.root._v_attrs, key, value)
    finally:
        file.close()
