"""Plants: an industrial project, its output and its jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from landbridge import facts
from landbridge.errors import InputError
from landbridge.levers.checks import asked, many_given, not_positive, year_problems
from landbridge.levers.effects import ProductivityEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.parties import expand
from landbridge.levers.phrases import amount
from landbridge.levers.published import effect
from landbridge.levers.quantity import Quantity, Uncertain
from landbridge.levers.sectors import sector_problems, sectors_named
from landbridge.levers.sides import single_problems


def _published() -> Quantity:
    return effect("capital-output")


class Plant(Lever):
    """A plant that starts to work.

    Effect: its output is added to that of its sector (a `ProductivityEffect` whose hat is the one
    that would sell it). Output is what is given, else it follows from the cost K: value added is
    K over the capital-output ratio, and output is value added over the sector's value-added share
    g in the base world,

        output = K / (capital_output x g).

    The ratio is row `capital-output` of `effect_sizes.csv` (3.5, from 2 to 4, of whole economies:
    rough for one plant). Jobs are reported, not modelled: labour is given, so people come from
    other work.

    Attributes
    ----------
    project : id of `industrial_projects.csv`, from which what is not given is read
    economy, sector : where, and in which sector
    output_usd_mn : output a year, million USD
    cost_usd_mn : cost of building it, million USD
    capital_output : capital over yearly value added
    jobs : for people

    Examples
    --------
    >>> Plant(project="copper-smelter-near-aktogay", source="example").describe()
    'plant: Copper smelter near Aktogay (metals, KAZ), 1,500 million USD, 1,000 jobs'
    """

    kind: Literal["plant"] = "plant"
    project: str | None = None
    economy: str | None = None
    sector: str | None = None
    output_usd_mn: Uncertain | None = None
    cost_usd_mn: Uncertain | None = None
    capital_output: Uncertain = Field(default_factory=_published)
    jobs: float | None = Field(default=None, ge=0.0)

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown plants, economies, sectors; nothing from which output would follow."""
        yield from year_problems(self)
        yield from not_positive(self, "output_usd_mn", "cost_usd_mn", "capital_output")
        yield from many_given(self, "output_usd_mn", "cost_usd_mn")
        unknown = list(asked(lambda: self._row))
        yield from unknown
        if unknown:
            return
        if self._row is not None and self._row.kind == "total":
            yield f"{self.project} counts a programme, it is no plant: name one, or give a sector"
        for field, found in (("economy", self._economy), ("sector", self._sector)):
            if found is None:
                yield f"{field} is missing: give it, or a project that has one"
        if self._economy is not None:
            yield from single_problems(stage, economy=self._economy)
        if self._sector is not None:
            yield from sector_problems([self._sector])
        if self.output_usd_mn is None and self._cost is None:
            yield "output_usd_mn and cost_usd_mn are missing: give one, or a project with a cost"
            return
        yield from asked(lambda: self._place(stage))

    def effects(self, stage: Stage) -> Iterator[ProductivityEffect]:
        """Output added to one sector."""
        economy, sector = self._place(stage)
        yield ProductivityEffect((economy,), (sector,), output_usd_mn=self.output(stage))

    def output(self, stage: Stage) -> float:
        """Output a year, million USD."""
        if self.output_usd_mn is not None:
            return self.output_usd_mn.value
        economy, sector = self._place(stage)
        labels = stage.table.labels
        share = stage.table.base.value_added_share[labels.economy(economy), labels.sector(sector)]
        cost = self._cost
        assert cost is not None
        return cost.value / (self.capital_output.value * float(share))

    def describe(self) -> str:
        """Which plant, what it costs or makes, and its jobs."""
        try:
            row = self._row
        except InputError:
            return f"plant {self.project}, which is unknown"
        name = f"{row.name} " if row is not None else ""
        parts = [f"plant: {name}({self._sector}, {self._economy})"]
        if self.output_usd_mn is not None:
            parts.append(f"{amount(self.output_usd_mn)} million USD of output a year")
        elif self._cost is not None:
            parts.append(f"{amount(self._cost)} million USD")
        jobs = self.jobs if self.jobs is not None else row.jobs if row is not None else None
        return ", ".join(parts if jobs is None else [*parts, f"{jobs:,.0f} jobs"])

    @property
    def _row(self) -> facts.Row | None:
        return None if self.project is None else facts.row("industrial_projects", self.project)

    @property
    def _economy(self) -> str | None:
        return self.economy or (None if self._row is None else self._row.economy)

    @property
    def _sector(self) -> str | None:
        return self.sector or (None if self._row is None else self._row.sector)

    @property
    def _cost(self) -> Quantity | None:
        if self.cost_usd_mn is not None or self._row is None or self._row.cost_usd_mn is None:
            return self.cost_usd_mn
        return Quantity(value=self._row.cost_usd_mn)

    def _place(self, stage: Stage) -> tuple[str, str]:
        """Codes of the economy and of the sector; raises `InputError` where it makes nothing."""
        found = expand([self._economy or ""], stage)
        meant = sectors_named([self._sector or ""])
        if len(found) != 1 or len(meant) != 1:
            raise InputError("a plant stands in one economy and one sector: name one of each")
        labels = stage.table.labels
        if stage.table.base.output[labels.economy(found[0]), labels.sector(meant[0])] <= 0.0:
            raise InputError(
                f"{found[0]} makes nothing in sector {meant[0]} in the base world: "
                "output cannot be added to nothing"
            )
        return found[0], meant[0]
