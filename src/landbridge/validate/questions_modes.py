"""Boxes at sea and shares of the modes, as questions to the model."""

from __future__ import annotations

from collections.abc import Callable

from landbridge import facts
from landbridge.assess.views import CENTRAL_ASIA
from landbridge.validate.counts import Counts, Pairs
from landbridge.validate.question import Answer, Question

MODES = ("sea", "air", "road", "rail")


def sea() -> tuple[Question, ...]:
    """Boxes by sea between regions."""
    return (
        Question(
            "china-europe-sea-teu",
            _by_sea(lambda c: c.flow(["CHN"], c.liner_europe)),
            fitted=True,
        ),
        Question("europe-china-sea-teu", _by_sea(lambda c: c.flow(c.liner_europe, ["CHN"]))),
        Question("asia-europe-sea-teu", _by_sea(lambda c: c.flow(c.far_east, c.liner_europe))),
        Question("europe-asia-sea-teu", _by_sea(lambda c: c.flow(c.liner_europe, c.far_east))),
        Question("world-sea-teu", _by_sea(lambda c: c.every)),
    )


def modes() -> tuple[Question, ...]:
    """Shares of the modes in the trade of the EU and of China with Central Asia."""
    found: list[Question] = []
    for mode in MODES:
        for metric in ("value", "weight"):
            found += [
                Question(
                    f"extra-eu-imports-{metric}-{mode}",
                    _share(mode, metric, lambda c: c.flow(beyond_eu(c), c.view.eu)),
                    fitted=metric == "value" and mode != "air",
                ),
                Question(
                    f"extra-eu-exports-{metric}-{mode}",
                    _share(mode, metric, lambda c: c.flow(c.view.eu, beyond_eu(c))),
                    fitted=metric == "value" and mode != "air",
                ),
                Question(
                    f"eu-imports-china-{metric}-{mode}",
                    _share(mode, metric, lambda c: c.flow(["CHN"], c.view.eu)),
                ),
            ]
        found.append(
            Question(
                f"eu-exports-china-value-{mode}",
                _share(mode, "value", lambda c: c.flow(c.view.eu, ["CHN"])),
            )
        )
    found += [
        Question(
            f"china-central-asia-value-{mode}",
            _share(mode, "value", lambda c: c.trade(["CHN"], CENTRAL_ASIA)),
            fitted=True,
        )
        for mode in ("rail", "road", "air")
    ]
    found += [
        Question(
            "extra-eu-trade-value-sea",
            _share("sea", "value", lambda c: c.trade(beyond_eu(c), c.view.eu)),
            fitted=True,
        ),
    ]
    listed = {row.series for row in facts.rows("flows_observed")}
    return tuple(question for question in found if question.series in listed)


def beyond_eu(c: Counts) -> tuple[str, ...]:
    """Every economy that is no member of the EU."""
    members = set(c.view.eu)
    return tuple(code for code in c.given.table.labels.economies if code not in members)


def _by_sea(pairs: Callable[[Counts], Pairs]) -> Answer:
    return lambda c: c.teu(("sea",), pairs(c))


def _share(mode: str, metric: str, pairs: Callable[[Counts], Pairs]) -> Answer:
    if metric == "value":
        return lambda c: c.value_share(mode, pairs(c))
    return lambda c: c.weight_share(mode, pairs(c))
