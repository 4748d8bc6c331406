"""Arrays kept between runs: whole or not at all, and never in the way."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge.shelf import Shelf, rates_key


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "network"
    folder.mkdir()
    return Shelf(folder, "metrics", "v1", most=2)


def test_what_is_put_is_got_and_cannot_be_written(shelf):
    shelf.put("2025-general", {"time_h": np.arange(4.0), "open": np.array([True])})
    kept = shelf.get("2025-general")
    assert kept["time_h"].tolist() == [0, 1, 2, 3]
    assert kept["open"].tolist() == [True]
    with pytest.raises(ValueError, match="read-only"):
        kept["time_h"][0] = 9


def test_what_was_never_put_is_none(shelf):
    assert shelf.get("1999-grain") is None


def test_the_least_used_make_room(shelf):
    for name in "abc":
        shelf.put(name, {"x": np.zeros(1)})
    assert [name for name in "abc" if shelf.get(name)] == ["b", "c"]


def test_another_version_is_not_found(shelf, tmp_path):
    shelf.put("a", {"x": np.zeros(1)})
    assert Shelf(tmp_path / "network", "metrics", "v2", most=2).get("a") is None


def test_a_damaged_bundle_is_made_anew(shelf, tmp_path):
    shelf.put("a", {"x": np.arange(1000.0)})
    (file,) = (tmp_path / "network").glob("*/x.npy")
    file.write_bytes(file.read_bytes()[:500])
    assert shelf.get("a") is None
    shelf.put("a", {"x": np.arange(3.0)})
    assert shelf.get("a")["x"].tolist() == [0, 1, 2]


def test_a_folder_that_cannot_be_written_is_let_be(tmp_path):
    away = Shelf(tmp_path / "nowhere" / "network", "metrics", "v1", most=2)
    away.put("a", {"x": np.zeros(1)})
    assert away.get("a") is None


def test_nothing_half_written_is_left(shelf, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    shelf.put("a", {"x": np.zeros(1)})
    assert [p.name for p in tmp_path.iterdir()] == ["network"]
    assert shelf.get("a") is None


def test_the_key_of_the_rates_is_short_and_steady():
    assert rates_key() == rates_key()
    assert len(rates_key()) == 8
