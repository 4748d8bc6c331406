"""What a lever of policy changes, in the language of a brief: whom, and what happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from landbridge import facts
from landbridge.brief.called import Names
from landbridge.brief.numbers import Numbers
from landbridge.brief.sizes import plain, size
from landbridge.brief.words import Words

Lever = Mapping[str, Any]
Phrase = tuple[str, list[str]]


def _tariff(lever: Lever, language: str) -> Phrase:
    words, names = Words(language), Names(language)
    subject = words.say(
        "lever.tariff",
        buyers=names.parties(lever["importers"]),
        sellers=names.parties(lever["exporters"]),
        goods=names.sectors(lever["sectors"]),
    )
    parts = []
    if lever.get("rate_pct") is not None:
        rate = size(lever["rate_pct"], language, percent=True)
        parts.append(words.say("lever.tariff.rate", n=rate))
    if lever.get("change_pct") is not None:
        points = size(lever["change_pct"], language, sign=True)
        parts.append(words.say("lever.tariff.change", n=points))
    if lever.get("factor") is not None:
        parts.append(words.say("lever.tariff.factor", n=size(lever["factor"], language)))
    return subject, parts


def _nontariff(lever: Lever, language: str) -> Phrase:
    words, names = Words(language), Names(language)
    buyers, sellers = (names.parties(lever[side]) for side in ("importers", "exporters"))
    goods = names.sectors(lever["sectors"])
    if buyers == sellers:
        subject = words.say("lever.nontariff.among", goods=goods, parties=buyers)
    else:
        subject = words.say("lever.nontariff", buyers=buyers, sellers=sellers, goods=goods)
    if lever.get("trade_log") is not None:
        return subject, [_log("lever.trade_log", lever, language)]
    return subject, [size(lever["cost_pct"], language, sign=True, percent=True)]


def _agreement(lever: Lever, language: str) -> Phrase:
    words, names = Words(language), Names(language)
    first = names.parties(lever["parties_a"])
    if lever.get("parties_b"):
        second = names.parties(lever["parties_b"])
        subject = words.say("lever.agreement", a=first, b=second)
    else:
        subject = words.say("lever.agreement.among", parties=first)
    if lever.get("tariffs", "zero") == "zero":
        cut = words.say("lever.agreement.zero", goods=names.sectors(lever["sectors"]))
    else:
        cut = words["lever.agreement.keep"]
    parts = [cut, _log("lever.agreement.log", lever, language)]
    if lever.get("depth") == "goods+services":
        parts.append(words["lever.agreement.services"])
    return subject, parts


def _bloc(lever: Lever, language: str) -> Phrase:
    words, names = Words(language), Names(language)
    moves = [
        words.say(f"lever.bloc.{move}", who=names.parties(lever[move]), bloc=names.party(bloc))
        for bloc in (lever["bloc"],)
        for move in ("joins", "leaves")
        if lever.get(move)
    ]
    return Numbers(language).listed(moves), [_log("lever.bloc.log", lever, language)]


def _sanction(lever: Lever, language: str) -> Phrase:
    words, names = Words(language), Names(language)
    by, on = names.parties(lever["by"]), names.parties(lever["on"])
    goods = names.sectors(lever["sectors"])
    if lever.get("trade_log") is None:
        parts = [words.say("lever.sanction.shut", goods=goods)]
    else:
        parts = [_log("lever.sanction.log", lever, language, goods=goods)]
    if not lever.get("both_ways", True):
        parts.append(words.say("lever.sanction.one_way", by=by))
    if lever.get("transit"):
        parts.append(words["lever.sanction.transit"])
    return words.say("lever.sanction", by=by, on=on), parts


def _plant(lever: Lever, language: str) -> Phrase:
    words, names = Words(language), Names(language)
    project = lever.get("project")
    row = facts.row("industrial_projects", str(project)) if project else None
    found = {
        field: lever.get(field) or (None if row is None else getattr(row, field))
        for field in ("sector", "economy", "cost_usd_mn", "jobs")
    }
    place = {
        "sector": names.sector(str(found["sector"])),
        "economy": names.party(str(found["economy"])),
    }
    if project:
        name = names.of("industrial_projects", str(project))
        subject = words.say("lever.plant.named", name=name, **place)
    else:
        subject = words.say("lever.plant", **place)
    parts = []
    if lever.get("output_usd_mn") is not None:
        output = size(lever["output_usd_mn"], language)
        parts.append(words.say("lever.plant.output", n=output))
    elif found["cost_usd_mn"] is not None:
        cost = found["cost_usd_mn"]
        shown = size(cost if isinstance(cost, Mapping) else {"value": cost}, language)
        parts.append(words.say("lever.plant.cost", n=shown))
    if found["jobs"] is not None:
        parts.append(words.say("lever.plant.jobs", n=plain(float(found["jobs"]), language)))
    return subject, parts


def _productivity(lever: Lever, language: str) -> Phrase:
    names = Names(language)
    subject = Words(language).say(
        "lever.productivity",
        sectors=names.sectors(lever["sectors"], blank="all"),
        economies=names.parties(lever["economies"]),
    )
    return subject, [size(lever["change_pct"], language, sign=True, percent=True)]


def _price(lever: Lever, language: str) -> Phrase:
    words, commodity = Words(language), str(lever["commodity"])
    subject = words.say("lever.price", commodity=Names(language).of("commodities", commodity))
    if lever.get("factor") is not None:
        return subject, [words.say("lever.price.factor", n=size(lever["factor"], language))]
    units = [row.unit for row in facts.rows("commodity_prices") if row.commodity == commodity]
    unit = units[0] if units else "USD"
    return subject, [words.say(f"lever.price.{unit}", n=size(lever["usd"], language))]


def _mobility(lever: Lever, language: str) -> Phrase:
    names = Names(language)
    sides = {"a": names.parties(lever["parties_a"]), "b": names.parties(lever["parties_b"])}
    subject = Words(language).say(
        "lever.visas" if lever.get("visa_free") else "lever.travel", **sides
    )
    return subject, [_log("lever.travel.log", lever, language)]


def _finance(lever: Lever, language: str) -> Phrase:
    words, names = Words(language), Names(language)
    subject = words.say(
        "lever.finance",
        year=lever["from_year"],
        borrower=names.party(lever["borrower"]),
        lender=names.party(lever["lender"]),
    )
    amount, rate = lever["amount_usd_mn"], lever["rate_pct"]
    parts = [
        words.say("lever.finance.amount", n=size(amount, language)),
        words.say("lever.finance.rate", n=size(rate, language, percent=True)),
        words.say("lever.finance.years", years=_years(lever["years"], words)),
    ]
    if lever.get("grace_years"):
        grace = _years(lever["grace_years"], words)
        parts.append(words.say("lever.finance.grace", years=grace))
    return subject, parts


def _digital(lever: Lever, language: str) -> Phrase:
    words, key = (
        Words(language),
        "lever.digital.between" if lever.get("between") else "lever.digital",
    )
    subject = words.say(key, where=Names(language).parties(lever["economies"]))
    return subject, list(_digital_parts(lever, language))


def _digital_parts(lever: Lever, language: str) -> Iterator[str]:
    words = Words(language)
    if lever.get("modes"):
        modes = Numbers(language).listed([words[f"mode.{mode}"] for mode in lever["modes"]])
        yield words.say("lever.digital.modes", modes=modes)
    given = [f for f in ("hours_factor", "sd_factor", "cost_factor") if lever.get(f) is not None]
    for field in given:
        yield words.say(f"lever.{field}", n=size(lever[field], language))
    if not given:
        yield words["lever.published"]


def _years(count: int, words: Words) -> str:
    return words.counted("year", str(count), count)


def _log(key: str, lever: Lever, language: str, **parts: str) -> str:
    """Log points of trade."""
    log = lever.get("trade_log") or {"value": 0.0}
    return Words(language).say(key, n=size(log, language, sign=True), **parts)


POLICIES: Mapping[str, Callable[[Lever, str], Phrase]] = {
    "tariff": _tariff,
    "nontariff": _nontariff,
    "agreement": _agreement,
    "bloc": _bloc,
    "sanction": _sanction,
    "plant": _plant,
    "productivity": _productivity,
    "price": _price,
    "mobility": _mobility,
    "finance": _finance,
    "digital_customs": _digital,
}
"""Phrase of each kind: its subject, and what happens to it."""
