"""requirements.lock fits pyproject.toml and tells nothing but versions."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PINS = [
    Requirement(line)
    for line in (ROOT / "requirements.lock").read_text().splitlines()
    if line and not line.startswith("#")
]


def wanted():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    yield from project["project"]["dependencies"]
    yield from project["dependency-groups"]["dev"]
    for extra in project["project"]["optional-dependencies"].values():
        yield from extra


@pytest.mark.parametrize("text", sorted(wanted()))
def test_every_requirement_is_pinned_within_its_bounds(text):
    needed = Requirement(text)
    name = canonicalize_name(needed.name)
    pins = [pin for pin in PINS if canonicalize_name(pin.name) == name]
    assert pins, f"{name} has no pin: run make lock"
    for pin in pins:
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert needed.specifier.contains(exact.version), f"{pin} is outside {text}: run make lock"


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_one_version_of_each_for_every_python(python, system):
    here = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    chosen = [pin.name for pin in PINS if pin.marker is None or pin.marker.evaluate(here)]
    assert len(chosen) == len(set(chosen))


def test_the_lock_names_no_host_and_no_path():
    text = (ROOT / "requirements.lock").read_text()
    assert not re.search(r"https?:|file:|--|@|\\", text)
