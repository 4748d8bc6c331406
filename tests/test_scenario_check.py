"""Checking scenarios: every problem at once, where it stands, and how to mend it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import UnknownNameError
from landbridge.levers.effects import Effect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.quantity import Uncertain
from landbridge.scenario import Problem, check

HEAD = 'name = "One gate"\nquestion = "What does it do?"\nyear = 2025\n'
LEVER = '[[lever]]\nkind = "gate"\nhours = 12\nsource = "A report"\n'


class Gate(Lever):
    """A kind of lever for these tests alone."""

    kind: Literal["gate"] = "gate"
    gate: str = "dostyk"
    hours: Uncertain
    direction: Literal["there", "back"] = "there"
    open: bool = True

    def problems(self, stage: Stage) -> Iterator[str]:
        if self.gate == "raises":
            raise UnknownNameError.from_available("gate", self.gate, ["dostyk"])
        if self.gate != "dostyk":
            yield f"`gate` is {self.gate!r}, unknown in {stage.year}; did you mean 'dostyk'?"

    def effects(self, stage: Stage) -> Iterator[Effect]:
        yield from ()

    def describe(self) -> str:
        return self.gate


@dataclass(frozen=True)
class _Stage:
    year: int


@pytest.fixture(autouse=True)
def _only_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("landbridge.scenario.check")
    monkeypatch.setattr(module, "kinds", lambda: {"gate": Gate})


def said(text: str, stage: Any = None) -> list[str]:
    return [str(problem) for problem in check(text, cast("Stage", stage))]


def test_a_sound_scenario_has_no_problem() -> None:
    assert check(HEAD + LEVER) == ()


def test_a_syntax_error_names_its_line() -> None:
    (problem,) = check(HEAD + "hours = = 3\n")
    assert problem.line == 4
    assert "not TOML" in problem.message
    assert "(at line" not in problem.message


def test_a_text_that_breaks_off_names_its_last_line() -> None:
    (problem,) = check(HEAD + 'note = """never closed\n')
    assert problem.line == 5


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("year = 2025", "yaer = 2025", "line 3: unknown field 'yaer'; did you mean 'year'?"),
        ("year = 2025", 'year = "2025"', "line 3: `year` is '2025': should be a number, without"),
        ("year = 2025", "year = 1890", "line 3: `year` 1890 is outside"),
        ("year = 2025", "year = 2025\nbaseline_year = 2099", "line 4: `baseline_year` 2099 is out"),
        ("it do?", "it do", "line 2: the question has to be one line that ends with '?'"),
        ("year = 2025", 'year = 2025\nsystems = ["blet"]', "line 4: unknown system 'blet'; did"),
        (
            "year = 2025",
            'year = 2025\nsystems = ["corridors:midle"]',
            "line 4: unknown corridor 'midle'; did you mean 'middle'?",
        ),
        (
            "year = 2025",
            'year = 2025\nsources = [{ titel = "A" }]',
            "line 4: unknown field 'titel'",
        ),
        (
            "year = 2025",
            'year = 2025\nuncertainty = { draws = "9" }',
            "line 4: `uncertainty.draws` is '9': should be a number, without quotes",
        ),
        ("[[lever]]", "[[levers]]", "the text has no lever; add a [[lever]] table"),
        ("[[lever]]", "[lever]", "line 4: `lever` is not a table; write [[lever]]"),
        ('"gate"', '"gaet"', "line 5, lever 1: unknown kind of lever 'gaet'; did you mean 'gate'?"),
        ('kind = "gate"', "", "line 4, lever 1: `kind` is missing; add kind = one of gate"),
        ("hours =", "hour =", "line 6, lever 1 (gate): unknown field 'hour'; did you mean 'hours'"),
        ("hours = 12", "", "line 4, lever 1 (gate): `hours` is missing; add hours = …"),
        ("hours = 12", 'hours = "12"', "line 6, lever 1 (gate): `hours"),
        ("hours = 12", "hours = true", "line 6, lever 1 (gate): `hours"),
        ("hours = 12", "hours = nan", "line 6, lever 1 (gate): `hours"),
        ("hours = 12", "hours = { value = 1, low = 2, high = 3 }", "must ascend"),
        ("hours = 12", "hours = { value = 1, low = 0 }", "give both low and high, or neither"),
        ("hours = 12", "hours = 1979-05-27", "line 6, lever 1 (gate): `hours"),
        ("hours = 12", 'hours = 12\nopen = "no"', "line 7, lever 1 (gate): `open` is 'no'"),
        ("hours = 12", 'hours = 12\ndirection = "abck"', "'there' or 'back'"),
        ("hours = 12", "hours = 12\nfrom_year = 1492", "line 7, lever 1 (gate): `from_year` 1492"),
        ("hours = 12", "hours = 12\nfrom_year = true", "line 7, lever 1 (gate): `from_year` is T"),
        ("hours = 12", "hours = 12\nfrom_year = 2031\nto_year = 2030", "which is no year"),
        ("hours = 12", "hours = 12\nfrom_year = 2031", "line 3: no lever acts in 2025, the year"),
        ('source = "A report"', "", "line 4, lever 1 (gate): `source` is missing; add source = …"),
        ('"A report"', '"   "', "line 7, lever 1 (gate): `source` is blank; say where the change"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, expected: str) -> None:
    text = (HEAD + LEVER).replace(old, new)
    assert text != HEAD + LEVER
    assert any(expected in line for line in said(text)), said(text)


def test_every_problem_is_reported_at_once_in_the_order_of_the_text() -> None:
    text = HEAD.replace("2025", "1890") + LEVER.replace("hours", "hour") + '[[lever]]\nkind = "x"\n'
    problems = check(text)
    assert [problem.line for problem in problems] == [3, 4, 6, 9]
    assert [problem.lever for problem in problems] == [None, 1, 1, 2]
    assert [problem.field for problem in problems] == ["year", "hours", "hour", "kind"]


def test_what_a_lever_finds_on_the_stage_is_told_with_the_line_of_its_field() -> None:
    text = HEAD + LEVER + 'gate = "dostik"\n'
    assert check(text) == ()
    expected = "line 8, lever 1 (gate): `gate` is 'dostik', unknown in 2025; did you mean 'dostyk'?"
    assert said(text, _Stage(1999)) == [expected]


def test_an_error_that_a_lever_raises_is_one_more_problem() -> None:
    (line,) = said(HEAD + LEVER + 'gate = "raises"\n', _Stage(2025))
    assert line.startswith("line 8, lever 1 (gate): unknown gate 'raises'")


def test_a_lever_written_twice_is_a_problem() -> None:
    assert said(HEAD + LEVER + LEVER) == ["line 8, lever 2 (gate): repeats lever 1; take one out"]


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    assert all(isinstance(problem, Problem) for problem in check(text))


_VALUES = st.recursive(
    st.one_of(
        st.booleans(), st.integers(-(10**6), 10**6), st.floats(), st.text("ab [\"'#\n", max_size=8)
    ),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["year", "kind", "hours", "open", "source", "x"]), _VALUES))
def test_any_lever_gets_an_answer_that_names_it(fields: dict[str, Any]) -> None:
    body = "\n".join(f"{name} = {_toml(value)}" for name, value in fields.items())
    problems = check(f"{HEAD}[[lever]]\n{body}\n")
    last = 5 + body.count("\n")
    assert all(problem.line is None or problem.line <= last for problem in problems)
    if not {"kind", "hours", "source"} <= fields.keys():
        assert any(problem.lever == 1 for problem in problems)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return repr(value)
