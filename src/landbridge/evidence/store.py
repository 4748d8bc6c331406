"""The embedded store of a run: documents, facts, conflicts, reviews and the words to search."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError
from landbridge.evidence.model import Conflict, Document, Fact, Quote
from landbridge.evidence.terms import search_terms
from landbridge.evidence.text.sentences import sentences

if TYPE_CHECKING:
    import duckdb

FILE = "evidence.duckdb"
_LONGEST = 400
_AT_ONCE = 1000
_SCHEMA = """
create table if not exists documents (
    id varchar primary key, text varchar, date varchar, language varchar, title varchar,
    address varchar, sha256 varchar, media_type varchar, notes varchar[]);
create table if not exists facts (
    id varchar, doc varchar, kind varchar, quote varchar, start_ integer, end_ integer,
    subject varchar, value double, value_start integer, value_end integer, unit varchar,
    year integer, systems varchar[], attributes varchar, reader varchar);
create table if not exists conflicts (
    type varchar, severity varchar, title varchar, facts varchar[], quotes varchar,
    explanation varchar);
create table if not exists passages (
    id bigint, doc varchar, start_ integer, end_ integer, length integer);
create table if not exists postings (term varchar, passage bigint, times integer);
"""


class Store:
    """Documents and what was read from them, in one DuckDB file.

    Parameters
    ----------
    folder : run folder, made where missing; None keeps everything in memory

    Raises
    ------
    InputError
        where the folder cannot be made, or its file is no store

    Examples
    --------
    >>> with Store() as store:
    ...     store.add([Document("d", "Over 600 ports.")], [])
    ...     [document.id for document in store.documents()]
    ['d']
    """

    def __init__(self, folder: Path | None = None) -> None:
        import duckdb

        self.folder = Path(folder) if folder else None
        if self.folder:
            if self.folder.exists() and not self.folder.is_dir():
                raise InputError(f"{self.folder} is a file: name a folder for the run")
            self.folder.mkdir(parents=True, exist_ok=True)
        where = str(self.folder / FILE) if self.folder else ":memory:"
        try:
            self.connection: duckdb.DuckDBPyConnection = duckdb.connect(where)
            self.connection.execute(_SCHEMA)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"{where} cannot be opened as an evidence store ({reason}): name another --run, "
                "or wait until no other command uses it"
            ) from error

    @classmethod
    def existing(cls, folder: Path) -> Store:
        """Open the store of a run that is there.

        Raises
        ------
        InputError
            where the folder holds none
        """
        if not (Path(folder) / FILE).exists():
            raise InputError(
                f"{folder} holds no {FILE}: name the paths to read as well, and they are read "
                f"into it"
            )
        return cls(folder)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def add(self, documents: Sequence[Document], facts: Sequence[Fact]) -> None:
        """Add documents with their facts, or replace those of the same id; all of them or none.

        Parameters
        ----------
        documents : of one batch; memory holds the index of one batch at a time
        facts : theirs
        """
        run = self.connection
        run.begin()
        try:
            self._remove([document.id for document in documents])
            self._insert("documents", [_document_row(one) for one in documents])
            self._insert("facts", [_fact_row(one) for one in facts])
            first = _one(run.execute("select coalesce(max(id), -1) + 1 from passages").fetchall())
            passages: list[dict[str, Any]] = []
            postings: list[dict[str, Any]] = []
            for document in documents:
                for start, end in stretches(document.text):
                    counted = Counter(search_terms(document.text[start:end]))
                    at = int(first) + len(passages)
                    passages.append(
                        {
                            "id": at,
                            "doc": document.id,
                            "start_": start,
                            "end_": end,
                            "length": counted.total(),
                        }
                    )
                    postings += [
                        {"term": term, "passage": at, "times": times}
                        for term, times in counted.items()
                    ]
            self._insert("passages", passages)
            self._insert("postings", postings)
            run.commit()
        except BaseException:
            run.rollback()
            raise

    def _remove(self, ids: Sequence[str]) -> None:
        if not ids:
            return
        run = self.connection
        held = list(ids)
        run.execute(
            "delete from postings where passage in (select id from passages where "
            "list_contains(?, doc))",
            [held],
        )
        for table, column in (("passages", "doc"), ("facts", "doc"), ("documents", "id")):
            run.execute(f"delete from {table} where list_contains(?, {column})", [held])  # noqa: S608

    def _insert(self, table: str, records: Sequence[dict[str, Any]]) -> None:
        if not records:
            return
        import pyarrow as pa

        columns = self.connection.sql(f"select * from {table} limit 0").to_arrow_table().schema  # noqa: S608
        rows = pa.Table.from_pylist(list(records), schema=columns)
        self.connection.register("batch", rows)
        self.connection.execute(f"insert into {table} select * from batch")  # noqa: S608
        self.connection.unregister("batch")

    def set_conflicts(self, conflicts: Iterable[Conflict]) -> None:
        """Keep these conflicts in place of those kept before."""
        self.connection.begin()
        try:
            self.connection.execute("delete from conflicts")
            self._insert("conflicts", [_conflict_row(one) for one in conflicts])
            self.connection.commit()
        except BaseException:
            self.connection.rollback()
            raise

    def ids(self) -> list[str]:
        """Ids of the documents kept, in order."""
        rows = self.connection.execute("select id from documents order by id").fetchall()
        return [row[0] for row in rows]

    def digests(self) -> dict[str, str]:
        """SHA-256 of each document kept, by id."""
        return dict(self.connection.execute("select id, sha256 from documents").fetchall())

    def documents(self) -> Iterator[Document]:
        """Documents kept, by id."""
        for row in self._streamed("select * from documents order by id"):
            yield _document(row)

    def facts(self) -> Iterator[Fact]:
        """Facts kept, by document and place."""
        yield from self._facts("select * exclude (id) from facts")

    def pairs(self) -> Iterator[tuple[Document, tuple[Fact, ...]]]:
        """Each document with its facts, one at a time, by id."""
        for held in self.ids():
            query = "select * from documents where id = ?"
            rows = self.connection.execute(query, [held]).fetchall()
            told = self._facts("select * exclude (id) from facts where doc = ?", [held])
            yield _document(rows[0]), tuple(told)

    def _streamed(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query, few held at a time, whatever else the store is asked meanwhile."""
        with self.connection.cursor() as asked:
            asked.execute(query, list(values))
            while rows := asked.fetchmany(_AT_ONCE):
                yield from rows

    def _facts(self, query: str, values: Sequence[object] = ()) -> Iterator[Fact]:
        names = list(Fact.__dataclass_fields__)
        ordered = f"{query} order by doc, start_, end_, kind, id"
        for row in self._streamed(ordered, values):
            told = dict(zip(names, row, strict=True))
            told["systems"] = tuple(told["systems"] or ())
            told["attributes"] = json.loads(told["attributes"])
            yield Fact(**told)

    def conflicts(self) -> Iterator[Conflict]:
        """Conflicts kept, in the order they were found."""
        for row in self.connection.execute("select * from conflicts").fetchall():
            quotes = tuple(Quote(**quote) for quote in json.loads(row[4]))
            yield Conflict(row[0], row[1], row[2], tuple(row[3] or ()), quotes, row[5])

    def is_empty(self) -> bool:
        """Say whether no document is kept."""
        return not _one(self.connection.execute("select count(*) from documents").fetchall())


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of a text that are searched: its sentences, very long ones in pieces.

    Examples
    --------
    >>> list(stretches("One road. Two belts."))
    [(0, 9), (10, 20)]
    """
    for start, end in sentences(text):
        while end - start > _LONGEST * 2:
            cut = text.rfind(" ", start, start + _LONGEST)
            cut = cut if cut > start else start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


def _document(row: tuple[Any, ...]) -> Document:
    told = dict(zip(Document.__dataclass_fields__, row, strict=True))
    return Document(**{**told, "notes": tuple(told["notes"] or ())})


def _one(rows: Sequence[tuple[Any, ...]]) -> Any:
    return rows[0][0]


def _document_row(one: Document) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in Document.__dataclass_fields__}
    return told | {"notes": list(one.notes)}


def _fact_row(one: Fact) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in Fact.__dataclass_fields__}
    told |= {"id": one.id, "start_": told.pop("start"), "end_": told.pop("end")}
    told |= {
        "systems": list(one.systems),
        "attributes": json.dumps(dict(one.attributes), ensure_ascii=False),
    }
    return told


def _conflict_row(one: Conflict) -> dict[str, Any]:
    quotes = [{"doc": q.doc, "start": q.start, "end": q.end, "quote": q.quote} for q in one.quotes]
    return {
        "type": one.type,
        "severity": one.severity,
        "title": one.title,
        "facts": list(one.facts),
        "quotes": json.dumps(quotes, ensure_ascii=False),
        "explanation": one.explanation,
    }
