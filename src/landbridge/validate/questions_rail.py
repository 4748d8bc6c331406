"""Trains between China and Europe, their gates, Kazakhstan and the Caspian, as questions."""

from __future__ import annotations

from landbridge import facts
from landbridge.assess.observed import annual
from landbridge.assess.views import CENTRAL_ASIA
from landbridge.validate.counts import GATES, INLAND, Counts, Pairs, by_mode, every_way
from landbridge.validate.question import Answer, Question

ALASHANKOU, KHORGOS = "rail-alashankou-dostyk", "rail-khorgos-altynkol"
XINJIANG = (ALASHANKOU, KHORGOS)
KAZAKH_FERRIES = ("ferry-aktau-alat", "ferry-kuryk-alat")
BAKU_FERRIES = (*KAZAKH_FERRIES, "ferry-turkmenbashi-alat")
LAST_COUNTED = 2024
"""Last year for which both boxes and trains between China and Europe are published."""


def teu_a_train(year: int) -> float:
    """TEU on a China-Europe train, from the two national series; after the last year as in it.

    Examples
    --------
    >>> round(teu_a_train(2023), 1)
    108.4
    """
    known = min(year, LAST_COUNTED)
    return annual("china-europe-teu", known) / annual("china-europe-trains", known)


def trains() -> tuple[Question, ...]:
    """Boxes and value on the trains of all gates together."""
    return (
        Question("china-europe-teu", lambda c: c.teu(GATES, europe(c)), fitted=True),
        Question(
            "china-europe-value",
            lambda c: c.value(GATES, europe(c)) / 1e3,
            note="boxes and bulk by rail",
        ),
        Question(
            "china-europe-trains-return-ratio",
            lambda c: (
                c.teu(GATES, c.flow(c.europe, ["CHN"])) / c.teu(GATES, c.flow(["CHN"], c.europe))
            ),
            note="trains beside laden containers",
        ),
        Question(
            "china-eu-rail-share-value-china-railway",
            lambda c: c.value(GATES, europe(c)) / c.value(every_way(), eu(c)),
        ),
        Question("erai-transit-eu-teu", lambda c: c.teu(("dostyk", "khorgos"), eu(c)), fitted=True),
        Question(
            "erai-all-teu",
            lambda c: c.teu(("dostyk", "khorgos"), europe(c)),
            note="trains of other operators too",
        ),
        Question(
            "china-central-asia-trains",
            lambda c: c.teu(by_mode("rail"), c.trade(["CHN"], CENTRAL_ASIA)) / teu_a_train(c.year),
            note="containers over the mean of a China-Europe train",
        ),
    )


def gates() -> tuple[Question, ...]:
    """What passes each gate of China."""
    over = "containers of all pairs over the mean of a China-Europe train"
    return (
        Question("erenhot-teu", _gate("erenhot"), fitted=True),
        Question("erenhot-trains", _gate_trains("erenhot"), fitted=True),
        Question("manzhouli-teu", _gate("manzhouli"), fitted=True),
        Question("manzhouli-trains", _gate_trains("manzhouli"), fitted=True),
        Question("suifenhe-trains", _gate_trains("suifenhe"), fitted=True),
        Question("manzhouli-suifenhe-trains", _gate_trains("manzhouli", "suifenhe"), fitted=True),
        Question("eastern-route-trains", _gate_trains("manzhouli", "suifenhe"), fitted=True),
        Question("khorgos-altynkol-trains", _all_trains(KHORGOS), note=over),
        Question("alashankou-dostyk-trains", _all_trains(ALASHANKOU), note=over),
        Question("xinjiang-gates-trains", _all_trains(*XINJIANG), note=over),
        Question("xinjiang-gates-mt", _mt(*XINJIANG)),
        Question("alashankou-mt", _mt(ALASHANKOU)),
        Question("khorgos-mt", _mt(KHORGOS)),
        Question("china-kaz-rail-mt", _mt(*XINJIANG), fitted=True),
        Question(
            "china-kaz-rail-transit-mt",
            lambda c: c.sent(c.without("KAZ"), "t").over(XINJIANG) / 1e6,
            fitted=True,
        ),
        Question(
            "kaz-exports-china-rail-mt",
            lambda c: c.sent(c.out_of("KAZ"), "t").over(XINJIANG, towards="CHN") / 1e6,
        ),
    )


def kazakhstan() -> tuple[Question, ...]:
    """Transit through Kazakhstan and what it sends out by rail."""
    by_rail = "over its posts by rail: the railway counts its own"
    boxes_a_container = float(facts.row("capacity_rules", "teu-a-container").value)

    def boxes(c: Counts) -> float:
        return c.transit("KAZ", "teu", ("rail",), c.every)

    def freight(*modes: str) -> Answer:
        return lambda c: c.transit("KAZ", "t", modes, c.every) / 1e6

    return (
        Question("kaz-transit-teu", boxes, note=by_rail),
        Question("kaz-transit-teu-ktz-2023", boxes, note=by_rail),
        Question("kaz-transit-teu-ktz-2024", boxes, note=by_rail),
        Question(
            "kaz-transit-teu-china-europe",
            lambda c: c.transit("KAZ", "teu", ("rail",), europe(c)),
            note=by_rail,
        ),
        Question(
            "kaz-transit-containers-china-eu",
            lambda c: c.transit("KAZ", "teu", ("rail",), eu(c)) / boxes_a_container,
        ),
        Question(
            "kaz-transit-teu-china-russia",
            lambda c: c.transit("KAZ", "teu", ("rail",), c.trade(["CHN"], ["RUS"])),
        ),
        Question("kaz-transit-mt", freight("rail", "road"), fitted=True),
        Question("kaz-transit-rail-mt", freight("rail")),
        Question("kaz-transit-road-mt", freight("road"), fitted=True),
        Question(
            "kaz-road-trade-mt",
            lambda c: c.tonnes(by_mode("road"), c.out_of("KAZ") | c.into("KAZ")) / 1e6,
            fitted=True,
        ),
        Question(
            "kaz-transit-road-china-eu-mt",
            lambda c: c.transit("KAZ", "t", ("road",), eu(c)) / 1e6,
        ),
        Question(
            "kaz-transit-road-china-central-asia-mt",
            lambda c: c.transit("KAZ", "t", ("road",), c.trade(["CHN"], CENTRAL_ASIA)) / 1e6,
        ),
        Question(
            "kaz-transit-to-uzb-rail-mt",
            lambda c: c.transit("KAZ", "t", ("rail",), c.into("UZB")) / 1e6,
        ),
        Question(
            "kazakhstan-land-share",
            lambda c: (
                c.transit("KAZ", "teu", INLAND, europe(c))
                / c.teu((*by_mode("rail"), *by_mode("road")), europe(c))
            ),
        ),
        Question(
            "kaz-rail-to-russia-mt",
            lambda c: c.tonnes(by_mode("rail"), c.flow(["KAZ"], ["RUS"])) / 1e6,
        ),
        Question(
            "kaz-grain-rail-mt",
            lambda c: c.tonnes(by_mode("rail"), c.out_of("KAZ"), ("agriculture",)) / 1e6,
            note="all of agriculture",
        ),
        Question("kaz-rail-exports-via-russia-share", _through_russia),
        Question(
            "china-kaz-trade-gacc",
            lambda c: c.goods_trade_usd_bn(c.trade(["CHN"], ["KAZ"])),
            base_only=True,
        ),
        Question(
            "china-central-asia-trade",
            lambda c: c.goods_trade_usd_bn(c.trade(["CHN"], CENTRAL_ASIA)),
            base_only=True,
        ),
    )


def caspian() -> tuple[Question, ...]:
    """The Trans-Caspian route and the ports and lines it uses."""
    return (
        Question("titr-teu", lambda c: c.teu(("middle",), c.every), fitted=True),
        Question("titr-mt", lambda c: c.tonnes(("middle",), c.every) / 1e6, fitted=True),
        Question("titr-ports-mt", _mt(*KAZAKH_FERRIES)),
        Question("aktau-teu", lambda c: c.sent(c.every, "teu").over(["ferry-aktau-alat"])),
        Question("baku-port-teu", lambda c: c.sent(c.every, "teu").over(BAKU_FERRIES)),
        Question("btk-mt", _mt("rail-kartsakhi-canbaz")),
        Question(
            "azerbaijan-transit-mt",
            lambda c: c.transit("AZE", "t", INLAND, c.every) / 1e6,
            note="without tankers",
        ),
        Question(
            "china-laos-cumulative-mt",
            lambda c: c.sent(c.every, "t").section("china-laos-railway") / 1e6,
            at_most=True,
            note="growth of the sum in the year; freight within either economy is in it",
            published=_growth,
        ),
    )


def europe(c: Counts) -> Pairs:
    """China and Europe, both directions, Russia and Belarus included."""
    return c.trade(["CHN"], c.europe)


def eu(c: Counts) -> Pairs:
    """China and the EU, both directions."""
    return c.trade(["CHN"], c.view.eu)


def _growth(series: str, year: int) -> float | None:
    """What a sum since the opening grew by in a year."""
    known = {row.year: row.value for row in facts.rows("flows_observed") if row.series == series}
    if year not in known or year - 1 not in known:
        return None
    return float(known[year] - known[year - 1])


def _gate(way: str) -> Answer:
    return lambda c: c.teu((way,), europe(c))


def _gate_trains(*names: str) -> Answer:
    return lambda c: c.teu(names, europe(c)) / teu_a_train(c.year)


def _all_trains(*crossings: str) -> Answer:
    return lambda c: c.sent(c.every, "teu").over(crossings) / teu_a_train(c.year)


def _mt(*crossings: str) -> Answer:
    return lambda c: c.sent(c.every, "t").over(crossings) / 1e6


def _through_russia(c: Counts) -> float:
    """Part of what Kazakhstan sends out by rail that passes its border with Russia."""
    sent = c.sent(c.out_of("KAZ"), "t")
    out = {True: 0.0, False: 0.0}
    for row in facts.rows("crossings"):
        if row.mode == "rail" and "KAZ" in (row.economy_a, row.economy_b):
            other = row.economy_b if row.economy_a == "KAZ" else row.economy_a
            out[other == "RUS"] += sent.over([row.id], towards=other)
    return out[True] / (out[True] + out[False])
