"""Kernels find a folder to be kept in, wherever the package stands."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from landbridge import compiled


def test_nothing_is_set_where_the_package_can_be_written(monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    compiled.keep_kernels()
    assert "NUMBA_CACHE_DIR" not in os.environ


def test_a_choice_of_the_user_stands(monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/elsewhere")
    monkeypatch.setattr(compiled, "_writable", lambda folder: False)
    compiled.keep_kernels()
    assert os.environ["NUMBA_CACHE_DIR"] == "/elsewhere"


def test_a_temporary_folder_where_neither_package_nor_home_can_be_written(monkeypatch):
    # Set first, so that the test's end takes back what is set here.
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    del os.environ["NUMBA_CACHE_DIR"]
    monkeypatch.setattr(compiled, "_writable", lambda folder: False)
    compiled.keep_kernels()
    assert Path(os.environ["NUMBA_CACHE_DIR"]).parent == Path(tempfile.gettempdir())


@pytest.mark.parametrize("deep", ["", "a/b/c"])
def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_above(tmp_path, deep):
    assert compiled._writable(tmp_path / deep)
