"""Draws of an outlook: each depends on its own number and on nothing else."""

import numpy as np
import pytest

from landbridge.errors import InputError
from landbridge.outlook.engine import CHUNK, Engine, run
from outlook_sample import small_parts


@pytest.fixture(scope="module")
def parts():
    return small_parts(["baseline", "confrontation"], to=2028)


def test_a_draw_is_the_same_however_many_are_asked_for(parts):
    engine = Engine(parts, seed=5)
    whole = engine.draws(0, CHUNK + 3)
    assert np.array_equal(whole[CHUNK:], engine.draws(CHUNK, CHUNK + 3))
    assert np.array_equal(whole[2:4], engine.draws(2, 4))


def test_another_seed_draws_another_course(parts):
    one, other = (Engine(parts, seed).draws(0, 2) for seed in (1, 2))
    assert not np.allclose(one, other)


def test_same_numbers_from_one_process_and_from_two(parts, tmp_path):
    alone = run(parts.spec, CHUNK + 2, 7, parts=parts, workers=1, folder=tmp_path / "one")
    two = run(parts.spec, CHUNK + 2, 7, parts=parts, workers=2, folder=tmp_path / "two")
    for one, other in zip(alone.chunks(), two.chunks(), strict=True):
        assert np.array_equal(one, other)


def test_a_run_that_was_stopped_goes_on(parts, tmp_path, monkeypatch):
    run(parts.spec, CHUNK, 7, parts=parts, workers=1, folder=tmp_path)
    asked = []
    does = Engine.draws
    monkeypatch.setattr(Engine, "draws", lambda self, a, b: asked.append(a) or does(self, a, b))
    more = run(parts.spec, CHUNK + 2, 7, parts=parts, workers=1, folder=tmp_path)
    assert asked == [CHUNK]
    assert more.values("co2-mt").shape == (2, CHUNK + 2, len(parts.spec.years))


def test_a_chunk_cut_short_on_disk_is_done_anew(parts, tmp_path):
    before = run(parts.spec, 4, 7, parts=parts, workers=1, folder=tmp_path).values("co2-mt")
    file = next(tmp_path.glob("draws/*.parquet"))
    file.write_bytes(file.read_bytes()[:-20])
    after = run(parts.spec, 4, 7, parts=parts, workers=1, folder=tmp_path).values("co2-mt")
    assert np.array_equal(before, after)


def test_a_folder_of_another_run_is_refused(parts, tmp_path):
    run(parts.spec, 2, 1, parts=parts, workers=1, folder=tmp_path)
    with pytest.raises(InputError, match="another run"):
        run(parts.spec, 2, 2, parts=parts, workers=1, folder=tmp_path)


@pytest.mark.parametrize(("draws", "workers"), [(1, 1), (0, 1), (4, 0), (2_000_000, 1)])
def test_what_cannot_be_run_is_said_before_work(parts, draws, workers):
    with pytest.raises(InputError):
        run(parts.spec, draws, 1, parts=parts, workers=workers)


def test_a_tariff_lowers_trade_of_the_pair_in_every_draw(parts):
    engine = Engine(parts, seed=3)
    values = engine.draws(0, 4)
    at = [one.name for one in engine.series].index("trade-CHN-EU")
    base, changed = values[:, 0, at], values[:, 1, at]
    assert (changed < base).all()


def test_without_hazards_no_event_comes_and_with_certain_ones_all_do():
    years = (2026, 2027)
    never = Engine(small_parts(hazards=_all(0.0)), 1).unknowns
    always = Engine(small_parts(hazards=_all(1.0)), 1).unknowns
    point = np.full(len(never.names), 0.4)
    assert all(first > last for first, last in never.at(point, years).events.values())
    assert all(first == 2026 for first, _ in always.at(point, years).events.values())


def _all(chance):
    from landbridge.outlook.known import known

    return dict.fromkeys(known().hazards, chance)


def test_counts_go_on_from_the_last_known_one(parts):
    engine = Engine(parts, seed=1)
    held = engine.anchors["china-europe-trains"]
    assert held.value == parts.spec.known.flows["china-europe-trains"][held.year]
    first = engine.draws(0, CHUNK)[:, 0, 0, 0]
    assert 0.2 * held.value < np.median(first) < 5.0 * held.value
