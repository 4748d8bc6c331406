"""Reading scenario files: names, places in the text, and what is refused as no scenario at all."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import InputError, UnknownNameError
from landbridge.levers.effects import Effect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.quantity import Uncertain
from landbridge.scenario import read_scenario, read_text
from landbridge.scenario.lines import lines_of

GOOD = """\
name = "One gate"
question = "What does one gate do?"
year = 2025
systems = ["belt", "corridors:middle"]
sources = [
  { title = "A report", address = "https://example.org/report" },
]

# [[lever]] in a comment is none
[[lever]]
kind = "gate"
gate = "dostyk"
hours = { value = 12, low = 8, high = 20 }
source = "A report: table 3"
note = '''
[[lever]]
kind = "text"
'''

[[lever]]
kind = "gate"
gate = "khorgos"
hours = 10
from_year = 2026
source = "A report"
"""


class Gate(Lever):
    """A kind of lever for these tests alone."""

    kind: Literal["gate"]
    gate: str
    hours: Uncertain

    def problems(self, stage: Stage) -> Iterator[str]:
        if self.gate not in ("dostyk", "khorgos"):
            yield f"`gate` names {self.gate!r}, which is none; did you mean 'dostyk'?"

    def effects(self, stage: Stage) -> Iterator[Effect]:
        yield from ()

    def describe(self) -> str:
        return self.gate


@pytest.fixture(autouse=True)
def _only_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    check = importlib.import_module("landbridge.scenario.check")
    monkeypatch.setattr(check, "kinds", lambda: {"gate": Gate})


def test_a_file_becomes_a_scenario(tmp_path: Path) -> None:
    file = tmp_path / "one-gate.toml"
    file.write_text(GOOD)
    scenario = read_scenario(file)
    assert (scenario.slug, scenario.name, scenario.year) == ("one-gate", "One gate", 2025)
    assert scenario.baseline_year == 2025
    assert scenario.path == file
    assert scenario.corridors == ("middle",)
    assert [source.title for source in scenario.sources] == ["A report"]
    assert [lever.describe() for lever in scenario.levers] == ["dostyk", "khorgos"]
    assert scenario.levers[0].uncertain == ("hours",)
    assert scenario.lines == (10, 20)


def test_levers_act_in_their_years() -> None:
    scenario = read_text(GOOD)
    assert [lever.describe() for lever in scenario.levers_in(2025)] == ["dostyk"]
    assert [lever.describe() for lever in scenario.levers_in(2026)] == ["dostyk", "khorgos"]


def test_the_same_text_has_the_same_fingerprint_and_another_has_not() -> None:
    assert read_text(GOOD).sha256 == read_text(GOOD).sha256
    assert read_text(GOOD).sha256 != read_text(GOOD + "# seen\n").sha256


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    file = tmp_path / "windows.toml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_scenario(file).lines == (10, 20)


def test_one_error_lists_every_problem_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(GOOD.replace("hours = 10", "hour = 10").replace("year = 2025", "year = 1887"))
    with pytest.raises(InputError) as caught:
        read_scenario(file)
    said = str(caught.value).splitlines()
    assert said[0].startswith(f"{file} line 3: `year` 1887 is outside")
    assert f"{file} line 20, lever 2 (gate): `hours` is missing; add hours = …" in said
    assert f"{file} line 23, lever 2 (gate): unknown field 'hour'; did you mean 'hours'?" in said
    assert len(said) == 3


def test_an_unknown_name_is_refused_with_the_closest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'suez-closed'"):
        read_scenario("suez closing")


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(InputError, match=r"no scenario file nowhere/x\.toml"):
        read_scenario("nowhere/x.toml")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\0\0", "binary"),
        (b"name = '\xff\xfe'", "line 1: byte 8 is not UTF-8"),
        (b"# a\n" * 100_000, "larger than 250,000 bytes, too large"),
        (b"\n" + b".".join([b"a"] * 4_000) + b" = 1", "line 2 is longer than 6,000 bytes"),
        (b"x = " + b"[" * 5_000, "nested too deep"),
        (b"year = " + b"9" * 5_000, "not TOML"),
        (b"", "no lever"),
    ],
)
def test_what_is_no_scenario_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(content)
    with pytest.raises(InputError, match=what):
        read_scenario(file)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a file"):
        read_scenario(tmp_path)


_DECOYS = st.sampled_from(
    [
        "# [[lever]]",
        'note = "[[lever]]  # no"',
        "note = '''\n[[lever]]\n\"'''",
        'note = """\n\\"""\n[[lever]]\n"""',
        "list = [\n  1, # ]\n  [2],\n]",
        'table = { a = "[", b = 1 }',
        "",
    ]
)


@given(st.lists(st.lists(_DECOYS, max_size=4, unique=True), max_size=4))
def test_lines_of_tables_are_found_whatever_stands_between(blocks: list[list[str]]) -> None:
    text, expected = "head = 1\n", []
    for k, block in enumerate(blocks):
        expected.append(text.count("\n") + 1)
        # Each decoy needs a key of its own: a table may not name one twice.
        body = "\n".join(
            f"{'' if d.startswith(('#',)) or not d else f'k{j}_'}{d}" for j, d in enumerate(block)
        )
        text += f"[[ lever ]]  # {k}\n{body}\nlast = {k}\n"
    lines = lines_of(text)
    assert [lines.of("lever", k) for k in range(len(blocks))] == expected
    split = text.split("\n")
    assert [split[(lines.of("lever", k, "last") or 0) - 1] for k in range(len(blocks))] == [
        f"last = {k}" for k in range(len(blocks))
    ]


def test_quoted_dotted_and_nested_keys_have_lines() -> None:
    lines = lines_of('"a b".c = 1\n[[lever]]\nx.y = 2\n[lever.hours]\nlow = 1\n[[lever]]\nz = 1')
    assert lines.of("a b", "c") == 1
    assert lines.of("lever", 0, "x", "y") == 3
    assert lines.of("lever", 0, "hours") == 4
    assert lines.of("lever", 0, "hours", "low") == 5
    assert lines.of("lever", 1, "z") == 7
    assert lines.of("lever", 1, "unheard-of") == 6
    assert lines.of("nothing") is None
