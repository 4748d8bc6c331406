import re
from functools import cache

import pytest

from landbridge.brief.changes import change
from landbridge.brief.numbers import LANGUAGES
from landbridge.brief.sizes import plain
from landbridge.errors import UnknownNameError
from landbridge.levers.kinds import KINDS, lever_from


@cache
def levers_shipped():
    """Every lever of the scenarios shipped, as a run holds it."""
    from landbridge.scenario import read_scenario
    from landbridge.scenario.shipped import FOLDER

    return tuple(
        (path.stem, lever.model_dump(mode="json"))
        for path in sorted(FOLDER.glob("*.toml"))
        for lever in read_scenario(path.stem).levers
    )


#: Latin letters that other languages write too: units, and the table a sentence points to.
BORROWED = re.compile("FEU|CO₂|lever_defaults")


OWN = {"ru": "[а-яё]", "kk": "[а-яёәіңғүұқөһ]", "zh": "[一-鿿]"}


@pytest.mark.parametrize(("language", "own"), OWN.items())
def test_no_lever_shipped_is_told_in_english(language, own):
    for scenario, lever in levers_shipped():
        said = change(lever, language)
        assert re.search(own, said), (scenario, said)
        assert not re.search("[A-Za-z]", BORROWED.sub("", said)), (scenario, said)


def test_every_kind_of_lever_is_shipped_and_told_with_its_sizes():
    told_ = {kind: [] for kind in KINDS}
    for scenario, lever in levers_shipped():
        for language in LANGUAGES:
            said = change(lever, language)
            for field, value in lever.items():
                if isinstance(value, dict) and field != "capital_output":
                    assert plain(abs(value["value"]), language) in said, (scenario, field, said)
            told_[lever["kind"]].append(said)
    assert all(told_.values())


FULL = {
    "tariff": {"importers": ["EU"], "exporters": ["others"], "rate_pct": 5, "sectors": ["C24"]},
    "agreement": {
        "parties_a": ["KAZ", "UZB"], "tariffs": "keep", "depth": "goods+services", "trade_log": 0.2,
    },
    "bloc": {"bloc": "EAEU", "joins": ["UZB"], "leaves": ["ARM"]},
    "sanction": {"by": ["all"], "on": ["IRN"], "shut": True, "both_ways": False},
    "plant": {"economy": "KAZ", "sector": "food", "output_usd_mn": 90, "jobs": 4},
    "price": {"commodity": "gas", "usd": 9},
    "mobility": {"parties_a": ["Kazakhstan"], "parties_b": ["CHN"], "trade_log": 0.1},
    "digital_customs": {"economies": ["KAZ"], "modes": ["rail", "road"]},
    "crossing": {
        "crossing": "rail-alashankou-dostyk", "direction": "a_to_b", "hours_add": -2,
        "cost_usd_feu": 90,
    },
    "carbon_price": {"usd_t": 40, "economies": ["KAZ"]},
}  # fmt: skip
SAID = {
    "tariff": "Tariffs of the EU on metals of all others: rate 5%",
    "agreement": "Trade agreement among Kazakhstan and Uzbekistan: tariffs stay as they are, "
    "trade +0.2 log points in all, services too",
    "bloc": "Uzbekistan joining the EAEU and Armenia leaving the EAEU: trade with members "
    "+0.5572 (0.389–0.7254) log points",
    "sanction": "Sanctions of all economies on Iran: no trade in all goods, only on sales of all "
    "economies",
    "plant": "Plant (food, Kazakhstan): 90 million USD of output a year, 4 jobs",
    "price": "World price of natural gas: 9 USD per million BTU",
    "mobility": "Travel between Kazakhstan and China: trade that people carry +0.1 log points",
    "digital_customs": "Digital customs at the borders of Kazakhstan: by rail and road, sizes as "
    "in the table lever_defaults",
    "crossing": "Alashankou–Dostyk (rail), towards Dostyk: −2 hours, USD per FEU: 90",
    "carbon_price": "All transport (Kazakhstan): USD per tonne of CO₂: 40",
}


@pytest.mark.parametrize("kind", sorted(FULL))
def test_a_lever_says_all_that_it_does(kind):
    lever = lever_from({"kind": kind, "source": "a question asked", **FULL[kind]})
    written = lever.model_dump(mode="json")
    assert change(written, "en") == SAID[kind]
    for language, own in OWN.items():
        assert re.search(own, change(written, language))
        assert not re.search("[A-Za-z]", BORROWED.sub("", change(written, language)))


def test_a_kind_of_lever_that_is_not_known_is_refused_with_the_closest():
    with pytest.raises(UnknownNameError, match="did you mean 'tariff'"):
        change({"kind": "tarif"}, "kk")
