"""The notebooks run from top to bottom, and show what they promise."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "notebooks"
NAMES = ("01-a-route", "02-a-scenario", "03-an-outlook")
SMALL = """
import sys

sys.path.insert(0, {tests!r})
from outlook_sample import small_parts

DRAWS = 8
PARTS = small_parts(["baseline", "confrontation"], to=2030)
"""


def read(name):
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def done(name, tmp_path, **changed):
    """The notebook after its cells were run; `changed` takes the place of cells by their tag."""
    book = read(name)
    for cell in book.cells:
        for tag in cell.metadata.get("tags", ()):
            cell.source = changed.get(tag, cell.source)
    # A kernel of the tests' own Python, whatever kernels the machine has.
    client = NotebookClient(
        book, timeout=560, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute(env=os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"})
    return book


def told(book):
    """All that the cells printed or gave back as text."""
    found = []
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            found.append(output.get("text", ""))
            found.append(output.get("data", {}).get("text/plain", ""))
    return "\n".join(found)


def pictures(book):
    return [
        output
        for cell in book.cells
        for output in cell.get("outputs", ())
        if "image/png" in output.get("data", {})
    ]


def test_the_three_notebooks_are_all_there_are():
    assert tuple(sorted(path.stem for path in FOLDER.glob("*.ipynb"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_output_is_kept(name):
    book = read(name)
    nbformat.validate(book)
    for cell in book.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_a_route(tmp_path):
    book = done("01-a-route", tmp_path)
    said = told(book)
    assert "of its hours are spent at borders" in said
    assert "USD/FEU" in said
    assert len(pictures(book)) == 1


@pytest.mark.timeout(600)
def test_a_scenario(tmp_path):
    book = done("02-a-scenario", tmp_path)
    said = told(book)
    assert re.search(r"Kazakhstan(?:'s changes by)? \(?\+", said)
    assert "At Alashankou-Dostyk a crossing takes 10.0 h" in said
    assert "-kk.html" in said
    assert len(pictures(book)) == 1


def test_an_outlook(tmp_path):
    tests = str(Path(__file__).parent)
    book = done("03-an-outlook", tmp_path, parameters=SMALL.format(tests=tests))
    said = told(book)
    assert "baseline: " in said
    assert "of draws are above the highest year counted" in said
    assert "suez-closed" in said
    assert len(pictures(book)) == 1
