"""Full text search: passages ranked by BM25, with their quotes and the facts in them."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.errors import InputError
from landbridge.evidence.store import Store
from landbridge.evidence.terms import is_number, is_year, search_terms

K1, B = 1.2, 0.75
_OF_FACTS = 0.6
_NUMBER_WEIGHT = 1.5
_NAME_WEIGHT = 2.0
_QUERY = """
with wanted as (select unnest(?::varchar[]) as term, unnest(?::double[]) as weight),
size as (select count(*) as n, greatest(avg(length), 1) as mean from passages),
spoken as (
    select term, count(*) as held from postings
    where term in (select term from wanted) group by term),
scored as (
    select p.id, count(*) as matched,
        sum(w.weight * ln(1 + (n - held + 0.5) / (held + 0.5)) * times * ({k1} + 1)
            / (times + {k1} * (1 - {b} + {b} * p.length / mean))) as score
    from postings join wanted w using (term) join spoken using (term)
        join passages p on p.id = passage, size
    group by p.id),
years as (
    select distinct p.id from facts f
        join passages p on f.doc = p.doc and f.start_ < p.end_ and p.start_ < f.end_
    where list_contains(?, f.year)
        or (f.year <= ? and json_extract(f.attributes, '$.last_year')::integer >= ?))
select p.doc, p.start_, p.end_,
    score * (matched / ?) + (case when y.id is null then 0 else ? end) as total,
    d.date, d.title, substr(d.text, p.start_ + 1, p.end_ - p.start_) as quote
from scored join passages p using (id) join documents d on d.id = p.doc
    left join years y on y.id = p.id
order by total desc, p.doc, p.start_ limit ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: `text[start:end] == quote`.

    `facts` are the ids of the facts that begin in it; `score` is BM25, times the share of the
    words asked for that it holds, and more where its facts speak of a year asked for.
    """

    doc: str
    start: int
    end: int
    quote: str
    score: float
    date: str | None
    title: str | None
    facts: tuple[str, ...]


def search(store: Store, query: str, limit: int = 10) -> tuple[Hit, ...]:
    """Find the passages that speak of what is asked.

    Words are folded as in `landbridge.evidence.terms`, and stand for what they mean in English
    and Russian too (table `evidence_concepts`); names find all their spellings; a number
    finds itself however it is grouped; a year finds passages that name it, and those whose facts
    speak of it.

    Parameters
    ----------
    store : of documents
    query : words, numbers, years
    limit : at most so many

    Returns
    -------
    tuple of Hit
        best first; empty where nothing holds any of the words

    Raises
    ------
    InputError
        where nothing is left to search for, or the store is empty

    References
    ----------
    Robertson & Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond", eq. 3.14

    Examples
    --------
    >>> from landbridge.evidence.model import Document
    >>> with Store() as store:
    ...     store.add([Document("d", "Trade grew. Over 600 ports joined in 2018.")], [])
    ...     [hit.quote for hit in search(store, "port 2018")]
    ['Over 600 ports joined in 2018.']
    """
    wanted = list(dict.fromkeys(search_terms(query)))
    if not wanted:
        raise InputError(f"nothing to search for in {query!r}: name words, numbers or years")
    if limit < 1:
        raise InputError(f"limit {limit}: ask for 1 and more")
    if store.is_empty():
        raise InputError("the store holds no document: read some first")
    weights = [_weight(term) for term in wanted]
    years = [int(term) for term in wanted if is_year(term)]
    sql = _QUERY.format(k1=K1, b=B)
    within = (max(years), min(years)) if years else (0, 9999)
    found = store.connection.execute(
        sql,
        [wanted, weights, years, *within, float(len(wanted)), _OF_FACTS if years else 0.0, limit],
    ).fetchall()
    return tuple(
        Hit(doc, start, end, quote, float(score), date, title, _facts(store, doc, start, end))
        for doc, start, end, score, date, title, quote in found
    )


def _weight(term: str) -> float:
    if term.startswith("@"):
        return _NAME_WEIGHT
    return _NUMBER_WEIGHT if is_number(term) else 1.0


def _facts(store: Store, doc: str, start: int, end: int) -> tuple[str, ...]:
    rows = store.connection.execute(
        "select id from facts where doc = ? and start_ >= ? and start_ < ? order by start_, id",
        [doc, start, end],
    ).fetchall()
    return tuple(row[0] for row in rows)
