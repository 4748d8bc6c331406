"""Technology and preferences of every economy of the base world: input, value-added, final shares.

Read from parameters of OECD ICIO where an economy has rows there, filled by named rules elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.economy.table.labels import labels, sector_of_division
from landbridge.errors import InputError

READ, MENDED, SIMILAR = 0, 1, 2
"""Where an economy's technology is from: the table, the table mended, similar economies."""


@dataclass(frozen=True, slots=True)
class Technology:
    """Shares of N economies and J sectors.

    Attributes
    ----------
    value_added_share : (N, J) array
        Value added per unit of output.
    input_share : (N, J, J) array
        `input_share[n, k, j]`: inputs of k in a unit of output of j; with value added, one.
    final_share : (N, J) array
        Share of each sector in final spending.
    origin : (N,) array
        `READ`, `MENDED` or `SIMILAR`.
    """

    value_added_share: Array
    input_share: Array
    final_share: Array
    origin: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class FineTechnology:
    """Shares as a source gives them, with its own economies and sectors.

    Attributes
    ----------
    economies, sectors : tuple of str
        Codes of the source, S sectors and M economies.
    value_added_share : (M, S) array
    input_share : (M, S, S) array
    final_share : (M, S) array
    output : (M, S) array
        Weights to aggregate sectors by.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    value_added_share: Array
    input_share: Array
    final_share: Array
    output: Array


def read_parameters(path: Path) -> FineTechnology:
    """Read `icio2020_cp_params.npz`: arrays B[j,n], G[k,n,j], alpha[j,n], country, sector.

    The file holds no output. Sectors are weighted by the output of the economy closed to trade
    (rule `autarky-weights`), which solves GO = (G + alpha B') GO.

    Raises
    ------
    InputError
        Arrays are missing or break a rule; every problem is listed.
    """
    with np.load(path, allow_pickle=False) as held:
        missing = [key for key in ("B", "G", "alpha", "country", "sector") if key not in held]
        if missing:
            raise InputError(f"{path.name} holds no {', '.join(missing)}: is it the right file?")
        value_added = np.ascontiguousarray(held["B"].T, dtype=np.float64)
        inputs = np.ascontiguousarray(held["G"].transpose(1, 0, 2), dtype=np.float64)
        final = np.ascontiguousarray(held["alpha"].T, dtype=np.float64)
        economies = tuple(str(code) for code in held["country"])
        sectors = tuple(str(code) for code in held["sector"])
    check_shares(path.name, economies, sectors, value_added, inputs, final)
    output = np.stack(
        [_autarky_output(v, g, a) for v, g, a in zip(value_added, inputs, final, strict=True)]
    )
    return FineTechnology(economies, sectors, value_added, inputs, final, output)


def check_shares(
    what: str,
    economies: tuple[str, ...],
    sectors: tuple[str, ...],
    value_added: Array,
    inputs: Array,
    final: Array,
) -> None:
    """Raise one `InputError` that lists everything wrong with shares a source gives."""
    problems = [
        f"sector {code!r} is not in ISIC Rev. 4 as sectors.csv groups it"
        for code in sectors
        if sector_of_division(code) is None
    ]
    covered = {sector_of_division(code) for code in sectors}
    problems += [f"sector {isic} has no rows" for isic in labels().sectors if isic not in covered]
    for name, values in (
        ("value-added share", value_added),
        ("input share", inputs),
        ("final share", final),
    ):
        for n in sorted(set(np.argwhere(~(values >= 0.0))[:, 0].tolist())):
            problems.append(f"{economies[n]}: a {name} is negative or missing")
    cost = np.abs(value_added + inputs.sum(axis=1) - 1.0).max(axis=1)
    problems += [
        f"{economies[n]}: inputs and value added miss 1 by {cost[n]:.2g}"
        for n in np.flatnonzero(cost > 1e-6)
    ]
    spent = np.abs(final.sum(axis=1) - 1.0)
    problems += [
        f"{economies[n]}: final shares miss 1 by {spent[n]:.2g}"
        for n in np.flatnonzero(spent > 1e-6)
    ]
    if problems:
        raise InputError(f"{what} cannot be used:\n- " + "\n- ".join(problems))


def base_technology(fine: FineTechnology, *, mend: bool = True) -> Technology:
    """Technology of every economy of the base world.

    Sectors are joined with output as weights; suspect value-added shares are mended as
    `technology_mends.csv` says; economies without rows take the mean of those that
    `economies.csv` names as similar.

    Parameters
    ----------
    fine
        As the source gives it.
    mend
        Pass False to see what the mending changes.

    Raises
    ------
    InputError
        The source has no rows of economies that should have them; all are listed.
    """
    wanted = [row.iso3 for row in facts.rows("economies") if row.in_icio]
    missing = [iso3 for iso3 in wanted if iso3 not in fine.economies]
    if missing:
        raise InputError(
            f"the input-output source has no rows of {', '.join(missing)}: use a whole ICIO table, "
            "or name similar economies for them in economies.csv (technology_of)"
        )
    value_added = fine.value_added_share.copy()
    inputs = fine.input_share.copy()
    mended = set()
    for row in facts.rows("technology_mends") if mend else ():
        n, other = fine.economies.index(row.iso3), fine.economies.index(row.towards)
        kept = value_added[n] + row.weight * (value_added[other] - value_added[n])
        used = 1.0 - value_added[n]
        left = np.divide(1.0 - kept, used, out=np.zeros_like(used), where=used > 0.0)
        # A sector without inputs of its own takes the other's, or there is nothing to scale.
        bare = value_added[n] >= 1.0
        inputs[n] = np.where(bare, inputs[other], inputs[n] * left)
        value_added[n] = np.where(bare, value_added[other], kept)
        mended.add(row.iso3)
    joined = _join_sectors(fine, value_added, inputs)
    place = {iso3: n for n, iso3 in enumerate(fine.economies)}
    by_iso3 = {row.iso3: row for row in facts.rows("economies")}
    parts: list[tuple[Array, ...]] = []
    origin = []
    for iso3 in labels().economies:
        row = by_iso3[iso3]
        sources = [iso3] if row.in_icio else list(row.technology_of)
        rows = [place[source] for source in sources]
        parts.append(tuple(array[rows].mean(axis=0) for array in joined))
        origin.append(SIMILAR if not row.in_icio else MENDED if iso3 in mended else READ)
    value, use, final = (np.stack(arrays) for arrays in zip(*parts, strict=True))
    return Technology(value, use, final, np.array(origin, dtype=np.int8))


def _join_sectors(
    fine: FineTechnology, value_added: Array, inputs: Array
) -> tuple[Array, Array, Array]:
    groups = [labels().sector(str(sector_of_division(code))) for code in fine.sectors]
    member = np.zeros((len(labels().sectors), len(groups)))
    member[groups, np.arange(len(groups))] = 1.0
    size = fine.output @ member.T
    weight = np.divide(
        fine.output, size[:, groups], out=np.zeros_like(fine.output), where=size[:, groups] > 0.0
    )
    even = member / member.sum(axis=1, keepdims=True)
    # A sector that an economy does not make takes the plain mean of its parts.
    weight = np.where(size[:, groups] > 0.0, weight, even.sum(axis=0))
    value = (value_added * weight) @ member.T
    use = np.einsum("gk,nkj,nj,hj->ngh", member, inputs, weight, member, optimize=True)
    final = fine.final_share @ member.T
    cost = value + use.sum(axis=1)
    return value / cost, use / cost[:, None, :], final / final.sum(axis=1, keepdims=True)


def _autarky_output(value_added: Array, inputs: Array, final: Array) -> Array:
    leontief = np.eye(len(value_added)) - inputs
    # A sector that nobody buys and that uses only itself has no output: least squares gives 0.
    return np.clip(np.linalg.lstsq(leontief, final, rcond=None)[0], 0.0, None)
