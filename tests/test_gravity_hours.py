"""Hours between economies: the generalised mean of Head & Mayer, and skims read from files."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from landbridge.economy.gravity.assemble import with_hours
from landbridge.economy.gravity.hours import economy_hours, generalised_mean, read_skim
from landbridge.economy.gravity.synthetic import synthetic_panel
from landbridge.errors import InputError

HOURS = np.array([[1.0, 4.0, 10.0], [4.0, 1.0, 30.0], [12.0, 36.0, 2.0]])
ECONOMY = np.array([0, 0, 1])


def test_exponents_that_have_names():
    mass = np.array([1.0, 3.0, 5.0])
    arithmetic, _ = generalised_mean(HOURS, ECONOMY, mass, exponent=1.0)
    assert arithmetic[0, 1] == pytest.approx(0.25 * 10 + 0.75 * 30)
    harmonic, _ = generalised_mean(HOURS, ECONOMY, mass, exponent=-1.0)
    assert harmonic[0, 1] == pytest.approx(1 / (0.25 / 10 + 0.75 / 30))
    assert harmonic[1, 0] == pytest.approx(1 / (0.25 / 12 + 0.75 / 36))
    assert harmonic[0, 0] == pytest.approx(
        1 / (0.0625 / 1 + 2 * 0.25 * 0.75 / 4 + 0.5625 / 1), rel=1e-12
    )
    assert harmonic[1, 1] == pytest.approx(2.0)


def test_a_pair_without_a_way_is_infinitely_far():
    hours = HOURS.copy()
    hours[1, 2] = np.nan
    mean, reached = generalised_mean(hours, ECONOMY, np.ones(3))
    assert mean[0, 1] == pytest.approx(1 / (0.5 / 10))
    assert reached[0, 1] == pytest.approx(0.5)
    far = hours.copy()
    far[1, 2] = 1e12
    assert generalised_mean(far, ECONOMY, np.ones(3))[0][0, 1] == pytest.approx(mean[0, 1])
    hours[0, 2] = np.nan
    mean, reached = generalised_mean(hours, ECONOMY, np.ones(3))
    assert np.isnan(mean[0, 1])
    assert reached[0, 1] == 0.0


positive = st.floats(0.5, 500.0)


@settings(max_examples=60, deadline=None)
@given(
    arrays(float, (6, 6), elements=positive),
    arrays(float, 6, elements=st.floats(0.1, 50.0)),
    st.sampled_from([-3.0, -1.0, -0.5, 0.5, 1.0, 2.0]),
)
def test_laws_of_the_mean(values, mass, exponent):
    economy = np.array([0, 0, 1, 1, 1, 2])
    mean, reached = generalised_mean(values, economy, mass, exponent=exponent)
    assert np.allclose(reached, 1.0)
    for i in range(3):
        for j in range(3):
            block = values[np.ix_(economy == i, economy == j)]
            assert block.min() * (1 - 1e-9) <= mean[i, j] <= block.max() * (1 + 1e-9)
    hundredfold, _ = generalised_mean(values * 100, economy, mass, exponent=exponent)
    assert np.allclose(hundredfold, mean * 100)
    heavier, _ = generalised_mean(values, economy, mass * 7, exponent=exponent)
    assert np.allclose(heavier, mean)
    lower, _ = generalised_mean(values, economy, mass, exponent=exponent - 0.25 or -0.25)
    assert (lower <= mean * (1 + 1e-9)).all()
    slower, _ = generalised_mean(values * 1.5, economy, mass, exponent=exponent)
    assert (slower > mean).all()


def test_cities_of_one_place_count_as_one():
    """Splitting a city in two of half its mass changes nothing."""
    index = [0, 0, 1, 2]
    split = HOURS[np.ix_(index, index)]
    whole, _ = generalised_mean(HOURS, ECONOMY, np.array([4.0, 1.0, 1.0]))
    parts, _ = generalised_mean(split, ECONOMY[index], np.array([2.0, 2.0, 1.0, 1.0]))
    assert np.allclose(whole, parts)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"mass": np.array([1.0, 0.0, 1.0])}, "mass must be above zero"),
        ({"values": HOURS - 1.0}, "values must be above zero"),
        ({"exponent": 0.0}, "exponent must be a number other than zero"),
        ({"values": np.where(HOURS == 30.0, np.nan, HOURS), "exponent": 1.0}, "must be negative"),
        ({"economy": np.array([0, 0, 2])}, "without gaps"),
        ({"mass": np.ones(4)}, "do not fit"),
    ],
)
def test_bad_input_is_refused(change, says):
    asked = {"values": HOURS, "economy": ECONOMY, "mass": np.ones(3), "exponent": -1.0} | change
    with pytest.raises(InputError, match=says):
        generalised_mean(**asked)


def write(path, time_h, zones, rows=None, **metadata):
    count = len(zones)
    ids = [zone["id"] for zone in zones]
    table = pa.table(
        {
            "from_id": [ids[k // count] for k in range(count**2)],
            "to_id": [ids[k % count] for k in range(count**2)],
            "time_h": pa.array(time_h.ravel().astype(np.float32), mask=np.isnan(time_h.ravel())),
        }
    )
    about = {"zones": json.dumps(zones)} | metadata
    pq.write_table(table.slice(0, rows).replace_schema_metadata(about), path)


ZONES = [
    {"id": "1", "economy": "E01", "population": 3000},
    {"id": "2", "economy": "E00", "population": 1000},
    {"id": "3", "economy": "E01", "population": 1000},
]


def test_a_skim_file_gives_hours_between_economies(tmp_path):
    hours = np.array([[1.0, 20.0, 5.0], [20.0, 1.0, np.nan], [5.0, np.nan, 1.0]])
    write(tmp_path / "skim.parquet", hours, ZONES)
    found = read_skim(tmp_path / "skim.parquet")
    assert found.economies == ("E00", "E01")
    assert found.hours[0, 1] == pytest.approx(1 / (0.75 / 20.0))
    assert found.reached_share[0, 1] == pytest.approx(0.75)
    assert "3 cities" in found.source


def test_files_that_are_no_skim_are_refused(tmp_path):
    good = np.ones((3, 3))
    with pytest.raises(InputError, match="no file"):
        read_skim(tmp_path / "absent.parquet")
    (tmp_path / "text.parquet").write_text("hello")
    with pytest.raises(InputError, match="not a Parquet file"):
        read_skim(tmp_path / "text.parquet")
    pq.write_table(pa.table({"a": [1]}), tmp_path / "other.parquet")
    with pytest.raises(InputError, match="lacks from_id, to_id, time_h"):
        read_skim(tmp_path / "other.parquet")
    write(tmp_path / "cut.parquet", good, ZONES, rows=8)
    with pytest.raises(InputError, match="every pair of its 3 zones once"):
        read_skim(tmp_path / "cut.parquet")


def test_hours_join_the_panel_and_pairs_without_are_told():
    panel = synthetic_panel(3, (2000, 2004), {"ln_distance": -1.0}, seed=0)
    hours = np.array([[1.0, 10.0], [15.0, 1.0]])
    joined = with_hours(panel, economy_hours(hours, ["E00", "E01"], np.ones(2), source="skim"))
    assert len(joined.rows) == 4
    there = joined.rows[joined.rows["exporter"] == "E00"]
    assert there["ln_hours"].to_list() == pytest.approx([np.log(10.0)] * 2)
    assert joined.sources["ln_hours"] == "skim"
    assert joined.notes[-1].startswith("8 rows (")
    with pytest.raises(InputError, match="hours for no pair"):
        with_hours(panel, economy_hours(hours, ["CHN", "KAZ"], np.ones(2), source="skim"))
