"""Reading many files: documents and their facts, one after the other, none lost by a crash."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from landbridge.errors import InputError
from landbridge.evidence.files import Found, Limits, Skipped, UnreadableError, find, read_file
from landbridge.evidence.files.limits import no_longer_than
from landbridge.evidence.model import Document, Fact

_FEW = 24


@dataclass(frozen=True, slots=True)
class Read:
    """A document and the facts read from it."""

    document: Document
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading of paths gave.

    Attributes
    ----------
    documents : in the order of their paths
    facts : of all of them
    skipped : files that were not read, with the reason
    """

    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    skipped: tuple[Skipped, ...]


def facts_of(document: Document) -> tuple[Fact, ...]:
    """Read every fact of a document by rules, in order of the text, filed under its systems.

    Examples
    --------
    >>> facts = facts_of(Document("d", "Kazakhstan built 3 ports."))
    >>> sorted({fact.kind for fact in facts})
    ['figure', 'place']
    """
    from landbridge.evidence.entities import page_of, read_page
    from landbridge.evidence.entities.organisations import bodies
    from landbridge.evidence.entities.people import people
    from landbridge.evidence.figures import read_figures
    from landbridge.evidence.speech import speech_on
    from landbridge.evidence.systems import filed

    page = page_of(document)
    named = bodies(page)
    persons = people(page, named)
    others = (*read_page(page, named, persons), *speech_on(page, named, persons))
    found = _without_twins(read_figures(document), others)
    ordered = sorted(found, key=lambda fact: (fact.start, fact.end, fact.kind, fact.id))
    return tuple(filed(document, ordered))


def _without_twins(figures: tuple[Fact, ...], others: tuple[Fact, ...]) -> list[Fact]:
    """Join two forecasts of one clause: the speaker of the one, the figure of the other."""
    kept = list(others)
    ahead = [at for at, other in enumerate(kept) if other.kind == "forecast"]
    for fact in figures:
        twin = next(
            (
                at
                for at in ahead
                if fact.kind == "forecast"
                and kept[at].start < fact.end
                and fact.start < kept[at].end
            ),
            None,
        )
        if twin is None:
            kept.append(fact)
        elif kept[twin].value is None and fact.value is not None:
            told = {**fact.attributes, **kept[twin].attributes}
            kept[twin] = replace(
                fact, start=kept[twin].start, end=kept[twin].end, quote=kept[twin].quote,
                attributes=told,
            )  # fmt: skip
    return kept


def read(
    paths: Iterable[Path | str],
    *,
    run: Path | None = None,
    limits: Limits | None = None,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """Read files and folders.

    Parameters
    ----------
    paths : TXT, HTML, PDF, DOCX and folders of them
    run : folder where each result is written as it comes, and taken from when read again
    limits : what one file may take
    jobs : processes; one for few files, else as many as there are cores, two at most
    progress : told how many of how many files are done

    Raises
    ------
    InputError
        a path that does not exist, or no file at all

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("There are 51 plants.", encoding="utf-8")
    ...     _ = Path(folder, "b.txt").write_text("", encoding="utf-8")
    ...     reading = read([folder])
    >>> len(reading.documents), reading.facts[0].value, reading.skipped[0].reason
    (1, 51.0, 'empty')
    """
    documents: list[Document] = []
    facts: list[Fact] = []
    skipped: list[Skipped] = []
    for one in stream(paths, run=run, limits=limits, jobs=jobs, progress=progress):
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            documents.append(one.document)
            facts.extend(one.facts)
    return Reading(tuple(documents), tuple(facts), tuple(skipped))


def stream(
    paths: Iterable[Path | str],
    *,
    run: Path | None = None,
    limits: Limits | None = None,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Read | Skipped]:
    """Read files one after the other, holding few at a time; parameters are those of `read`.

    Yields
    ------
    Read or Skipped
        in the order of the paths, links and devices first
    """
    from landbridge.evidence.runs import RunFolder
    from landbridge.evidence.workers import many

    limits = limits or Limits()
    files, skipped = find(paths)
    if not files and not skipped:
        raise InputError("no file to read; name files or folders of TXT, HTML, PDF or DOCX")
    yield from skipped
    folder = RunFolder(run) if run else None
    places = [folder.place(found, limits.file_bytes) if folder else None for found in files]
    fresh = [found for found, place in zip(files, places, strict=True) if place is None]
    results = many(fresh, limits, jobs or _jobs_for(len(fresh)))
    for done, place in enumerate(places, start=1):
        if folder and place is not None:
            result: Read | Skipped = folder.at(place)
        else:
            result = next(results)
            if folder:
                folder.keep(result)
        if progress:
            progress(done, len(files))
        yield result


def _jobs_for(count: int) -> int:
    return 1 if count < _FEW else min(2, os.cpu_count() or 1)


def read_one(found: Found, limits: Limits) -> Read | Skipped:
    """Read one file and its facts within its time; what fails is skipped with the reason."""
    try:
        with no_longer_than(limits.seconds):
            document = read_file(found.path, found.id, limits)
            return Read(document, facts_of(document))
    except UnreadableError as error:
        return Skipped(str(found.path), str(error))
    except (MemoryError, RecursionError) as error:
        return Skipped(str(found.path), f"too large or too deep to read ({type(error).__name__})")
    except Exception as error:  # a fault of a reader costs its own document only
        where = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__}: {error} at {Path(where.filename).name}:{where.lineno}"
        return Skipped(str(found.path), f"a reader failed on it ({reason}); please report it")
