"""Observed series that the model does not speak to, and why."""

from __future__ import annotations

from landbridge import facts
from landbridge.validate.flows import questions
from landbridge.validate.history import SUEZ

_YEARS = "counted in no year that is run"
_TRAINS = "boxes over the mean of a train: the same question as china-europe-teu"
_SHIPS = "counts ships: the model carries tonnes and boxes"
_HOME = "mostly freight within Kazakhstan, which is in no load"
_PORTS = "tankers, coasting trade and boxes between ships are in it"
_CITY = "trains of one city: an economy's freight is shared among its cities by people alone"
_UNKNOWN = "which ways the count takes in is not published"
_TOPICS = {
    "kazakhstan-oil": "crude oil rides pipelines and tankers, which carry nothing in the model",
    "border-times": "the border tables take it in, or hold it as evidence",
}
_SERIES = {
    "china-europe-trains": _TRAINS,
    "china-europe-trains-out": _TRAINS,
    "china-europe-trains-in": _TRAINS,
    "china-europe-loaded-share": "only laden boxes are in the model",
    "china-europe-trains-xian": _CITY,
    "china-europe-trains-chengdu": _CITY,
    "china-europe-trains-chongqing": _CITY,
    "china-europe-trains-zhengzhou": _CITY,
    "china-europe-trains-yiwu": _CITY,
    "erai-share-of-trade-value": _YEARS,
    "china-eaeu-eu-teu": _YEARS,
    "china-eu-transit-west-teu": _YEARS,
    "china-eu-via-belarus-teu": _YEARS,
    "extra-eu-trade-weight-sea": _YEARS,
    "eu-imports-china-mt": _YEARS,
    "china-kaz-trade-kaz": "the other side's count of china-kaz-trade-gacc, which is asked",
    "ktz-tkm": _HOME,
    "ktz-loading-mt": _HOME,
    "kaz-rail-freight-mt": _HOME,
    "khorgos-gateway-teu": "moves in one yard: boxes of the gate that change wagons elsewhere "
    "are not told apart",
    "titr-ktz-mt": "another count of titr-mt, which is asked",
    "baku-port-mt": _PORTS,
    "aktau-mt": _PORTS,
    "piraeus-teu": _PORTS,
    "edb-corridors-mt": _UNKNOWN,
    "edb-corridors-teu": _UNKNOWN,
    "instc-mt": _UNKNOWN,
    "suez-transits": _SHIPS,
    "suez-container-ships": _SHIPS,
    "kaz-oil-gas-share-exports": "a share of the base economy, which takes trade in as it is",
}


def unasked() -> dict[str, str]:
    """Series that nothing asks, with the reason.

    Examples
    --------
    >>> unasked()["piraeus-teu"]
    'tankers, coasting trade and boxes between ships are in it'
    """
    asked = {question.series for question in questions()} | {SUEZ}
    topics = {row.series: row.topic for row in facts.rows("flows_observed")}
    return {
        series: _SERIES[series] if series in _SERIES else _TOPICS[topic]
        for series, topic in topics.items()
        if series not in asked
    }
