"""Facts that disagree: with each other, with arithmetic, with a bound or with the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts import (
    anniversaries,
    around_events,
    attributes_twice,
    bare_parts,
    before_and_after,
    before_begun,
    bounds,
    calendar_days,
    changes,
    columns,
    complements,
    counted_lists,
    counted_shares,
    currencies,
    directions,
    done_ahead,
    due,
    each_of,
    firsts,
    foundings,
    fractions_of_before,
    gaps,
    garbled,
    in_order,
    joined_and_left,
    labelled_parts,
    magnitudes,
    members,
    members_named,
    memberships,
    milestones,
    misspelled,
    multiples,
    named_lists,
    namesakes,
    near_names,
    near_organisations,
    near_persons,
    near_quoted,
    near_russian_places,
    no_others,
    not_done,
    odd_one_of_list,
    of_which,
    offices,
    orderings,
    outliers,
    parts_of_levels,
    parts_told_twice,
    parts_too_large,
    people_spelled,
    per_unit,
    places_taken,
    price_lists,
    quantities,
    quotes_of_nobody,
    ranks,
    ratios,
    reckoned,
    results,
    said,
    series,
    share_in_another_currency,
    shares,
    shares_of_tables,
    speakers,
    speeds,
    stages,
    stated,
    steps,
    sums,
    tables,
    terms,
    timing,
    top_and_bottom,
    tops_of_tables,
    totals,
    trade,
    twice,
    undated,
    unlike_items,
    values,
    yearly_averages,
    years_from,
    years_later,
    years_of_work,
)
from landbridge.evidence.model import Conflict, Document, Fact

__all__ = ["find_conflicts", "find_in_pairs", "find_within"]

WITHIN: tuple[Callable[[Account], Iterable[Conflict]], ...] = (
    sums.parts_and_totals,
    results.results,
    no_others.no_others,
    joined_and_left.joined_and_left,
    counted_shares.counted_shares,
    parts_too_large.parts_too_large,
    each_of.each_of,
    steps.steps,
    steps.steps_that_follow,
    yearly_averages.yearly_averages,
    parts_told_twice.parts_told_twice,
    of_which.parts_after_totals,
    of_which.parts_of_own_nouns,
    of_which.parts_after_colons,
    bare_parts.bare_parts,
    labelled_parts.labelled_parts,
    complements.complements,
    complements.complementary_shares,
    complements.parts_of_it,
    totals.totals_of_paragraphs,
    multiples.multiples_in_words,
    columns.columns_and_totals,
    totals.said_totals,
    trade.trade_balances,
    trade.surpluses,
    shares.shares,
    changes.changes,
    ratios.ratios_of_two,
    stages.done_and_to_come,
    anniversaries.anniversaries,
    anniversaries.decades,
    years_of_work.years_of_work,
    years_from.years_from,
    calendar_days.impossible_days,
    calendar_days.ends_before_beginnings,
    calendar_days.past_in_the_future,
    bounds.broken_bounds,
    bounds.shares_above_one,
    memberships.too_many_members,
    parts_of_levels.fractions_of_levels,
    fractions_of_before.fractions_of_before,
    parts_of_levels.differences,
    parts_of_levels.averages_beyond_ends,
    parts_of_levels.parts_above_years,
    parts_of_levels.rates_of_two_spans,
    tables.tables_and_totals,
    tops_of_tables.tops_of_tables,
    shares_of_tables.shares_of_tables,
    places_taken.places_taken,
    around_events.around_events,
    reckoned.wrong_conversions,
    reckoned.wrong_products,
    reckoned.parts_above_wholes,
    per_unit.unit_rates,
    per_unit.products_off_by_tens,
    per_unit.trips_and_loads,
    per_unit.prices_in_two_currencies,
    timing.spans_of_years,
    timing.future_in_the_past,
    timing.ends_first,
    before_begun.before_begun,
    due.due,
    years_later.years_later,
    years_later.years_from_now,
    before_and_after.before_and_after,
    done_ahead.done_ahead,
    timing.deeds_before_birth,
    orderings.arrivals_before_departures,
    orderings.days_backwards,
    orderings.months_backwards,
    orderings.deeds_before_own_birth,
    orderings.ages,
    speeds.impossible_speeds,
    directions.wrong_directions,
    terms.out_of_office,
    namesakes.two_of_one_office,
    quantities.prices_without_quantity,
    quantities.wrong_carriers,
    quantities.wrong_dimensions,
    quantities.speeds_without_time,
    currencies.odd_currencies,
    price_lists.odd_prices,
    share_in_another_currency.shares_in_another_currency,
    share_in_another_currency.shares_of_amounts,
    odd_one_of_list.odd_ones_of_lists,
    magnitudes.impossible_magnitudes,
    magnitudes.scales_out_of_step,
    outliers.far_from_published,
    attributes_twice.attributes_twice,
    foundings.foundings,
    top_and_bottom.top_and_bottom,
    not_done.not_done,
    unlike_items.unlike_items,
    in_order.in_order,
    gaps.missing_amounts,
    gaps.cut_off,
    gaps.missing_tables,
    undated.undated,
    speakers.nameless_quotations,
    quotes_of_nobody.quotes_of_nobody,
    offices.ambiguous_offices,
    offices.one_of_several,
    members.lists_without_a_member,
    members.sets_of_joined_names,
    members_named.members_named,
    members.lists_of_another_length,
    named_lists.persons_announced,
    named_lists.countries_announced,
    named_lists.bodies_announced,
    counted_lists.lists_counted,
    counted_lists.ordinals_counted,
    garbled.garbled_names,
    misspelled.exchanged_words,
    near_names.misspelled_places,
    near_russian_places.near_russian_places,
    near_persons.near_persons,
    near_quoted.near_quoted,
    near_persons.two_spellings,
    near_organisations.near_organisations,
    garbled.garbled_words,
    garbled.doubled_words,
)
"""Detectors that need one document, each a small function."""

_WEIGHT = {"high": 0, "medium": 1, "low": 2}


def find_conflicts(documents: Iterable[Document], facts: Iterable[Fact]) -> tuple[Conflict, ...]:
    """Find what disagrees within documents and between them.

    Parameters
    ----------
    documents : as they were read
    facts : facts of these documents, in any order

    Returns
    -------
    tuple of Conflict
        by document in the order given, the gravest first; then those between documents

    Examples
    --------
    >>> text = "Over 600 seaports of 200 countries are joined."
    >>> facts = [Fact("d", "figure", text[:-1], 0, 45, "countries", value=200.0, value_start=21,
    ...               value_end=24, unit="countries")]
    >>> [(found.type, found.severity) for found in find_conflicts([Document("d", text)], facts)]
    [('bound', 'high')]
    """
    by_document: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_document[fact.doc].append(fact)
    return find_in_pairs((one, by_document.get(one.id, ())) for one in documents)


def find_in_pairs(pairs: Iterable[tuple[Document, Iterable[Fact]]]) -> tuple[Conflict, ...]:
    """Find what disagrees, given each document with its facts, one held at a time.

    For collections that do not fit in memory; see `find_conflicts`.
    """
    found: list[Conflict] = []
    all_stated: list[stated.Stated] = []
    numbered: list[series.Numbered] = []
    all_said: list[said.Said] = []
    stages_told: list[milestones.Milestone] = []
    first_told: list[firsts.First] = []
    ranks_told: list[ranks.Rank] = []
    people_told: list[people_spelled.Spelled] = []
    for document, held in pairs:
        account = Account(document, tuple(held))
        found += _within(account)
        all_stated += stated.stated(account)
        numbered += series.numbered(account)
        all_said += said.said_of(account)
        stages_told += milestones.milestones(account)
        first_told += firsts.firsts(account)
        ranks_told += ranks.ranks(account)
        people_told += people_spelled.spelled(account)
    found += values.two_values(all_stated)
    told = {fact for one in found for fact in one.facts}
    found += [one for one in twice.told_twice(all_said) if not told & set(one.facts)]
    found += series.out_of_step(numbered)
    found += milestones.finished_and_not(stages_told)
    found += firsts.two_firsts(first_told)
    found += ranks.two_of_one_rank(ranks_told)
    found += people_spelled.spelled_apart(people_told)
    return tuple(found)


def find_within(document: Document, facts: Iterable[Fact]) -> tuple[Conflict, ...]:
    """Find what disagrees within one document, the gravest first; see `find_conflicts`."""
    return tuple(_within(Account(document, tuple(facts))))


def _within(account: Account) -> Iterator[Conflict]:
    found: dict[object, Conflict] = {}
    for detect in WITHIN:
        for one in detect(account):
            found.setdefault((one.type, frozenset(one.facts) or one.quotes), one)
    yield from sorted(found.values(), key=lambda one: _WEIGHT[one.severity])
