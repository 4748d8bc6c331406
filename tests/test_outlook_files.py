"""What an outlook writes, read by those it is written for."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from landbridge.outlook.branches import branch
from landbridge.outlook.engine import run
from landbridge.outlook.publish import BOOK, FANS, IAMC, NETCDF, PAGE, write
from landbridge.outlook.summary import as_object, bands, reached
from outlook_sample import small_parts


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory):
    parts = small_parts(["baseline", "confrontation"], to=2030)
    folder = tmp_path_factory.mktemp("outlook")
    found = run(parts.spec, 34, 2, parts=parts, workers=1, folder=folder)
    write(found)
    return found


def test_netcdf_has_every_draw_and_is_read_by_xarray(ensemble):
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(ensemble.folder / NETCDF, engine="scipy") as read:
        assert dict(read.sizes) | {"scenario": 2, "draw": 34, "year": 5} == dict(read.sizes)
        assert read["scenario"].to_numpy().tolist() == ["baseline", "confrontation-2027"]
        assert read["trans_caspian_mt"].dims == ("scenario", "draw", "year")
        assert read["trans_caspian_mt"].attrs["units"] == "Mt"
        for one in ensemble.series:
            assert np.array_equal(
                read[one.name.replace("-", "_")].values, ensemble.values(one.name), equal_nan=True
            )
        assert np.array_equal(read["point"].values, ensemble.points)


def test_chunks_are_tables_that_duckdb_reads(ensemble):
    import duckdb

    count, draws = duckdb.sql(
        f"select count(*), count(distinct draw) from '{ensemble.folder}/draws/*.parquet' "
        "where series = 'co2-mt' and scenario = 'baseline'"
    ).fetchall()[0]
    assert (count, draws) == (34 * 5, 34)


@pytest.mark.filterwarnings("ignore")
def test_iamc_is_read_by_pyam(ensemble):
    pyam = pytest.importorskip("pyam")
    read = pyam.IamDataFrame(pd.read_csv(ensemble.folder / IAMC))
    found = read.filter(scenario="baseline", variable="Emissions|CO2e|Freight|50th Percentile")
    assert found.data.value.tolist() == pytest.approx(ensemble.quantiles("co2-mt")[2, 0].tolist())


def test_the_workbook_has_the_bands(ensemble):
    read = pd.read_excel(ensemble.folder / BOOK, sheet_name="series")
    own = read[(read.series == "co2-mt") & (read.scenario == "baseline")]
    assert own["0.95"].tolist() == pytest.approx(ensemble.quantiles("co2-mt")[-1, 0].tolist())


def test_pictures_have_their_figures_beside_them(ensemble):
    pictures = sorted((ensemble.folder / FANS).glob("*.png"))
    assert len(pictures) >= 6
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert len(pd.read_csv(picture.with_suffix(".csv"))) == 2 * 5


def test_the_page_stands_alone(ensemble):
    text = (ensemble.folder / PAGE).read_text("utf-8")
    assert "http" not in text
    assert "<script" not in text
    assert "What moves" in text


def test_quantiles_are_in_order_and_every_series_is_told(ensemble):
    told = as_object(ensemble)
    assert len(told["series"]) == 2 * len(ensemble.series)
    for one in told["series"]:
        low, middle, high = (one["quantiles"][share] for share in ("0.05", "0.5", "0.95"))
        assert all(a <= b <= c for a, b, c in zip(low, middle, high, strict=True))
        assert len(one["years"]) == len(middle)
    assert {one["series"] for one in told["sensitivity"]} >= {"co2-mt", "china-europe-trains"}
    assert sum(1 for _ in bands(ensemble)) == len(told["series"])


def test_a_crossing_is_full_as_often_as_its_load_is_above_one(ensemble):
    one = next(iter(reached(ensemble)))
    load = ensemble.values(f"load-{one.carrier}")
    assert one.probability[-1] == (load[0, :, -1] >= 1.0).mean()


def test_a_branch_counts_draws_and_names_what_sets_them_apart(ensemble):
    values = ensemble.values("trans-caspian-mt")[0, :, -1]
    found = branch(ensemble, "trans-caspian-mt", "baseline", 2030, float(np.median(values)))
    assert found.share == 0.5
    assert found.low < 0.5 < found.high
    aparts = [split.apart for split in found.splits]
    assert aparts == sorted(aparts, reverse=True)
    assert all(0.0 < apart <= 1.0 for apart in aparts)
    assert branch(ensemble, "trans-caspian-mt", "baseline", 2030, 1e9).share == 0.0


def test_an_unknown_that_decides_a_branch_alone_is_named_first_and_parts_all_draws(ensemble):
    values = ensemble.values("trans-caspian-mt")[0, :, -1]
    points = np.random.default_rng(0).random(ensemble.points.shape)
    points[:, 3] = values.argsort().argsort() / len(values)
    decided = replace(ensemble, points=points)
    found = branch(decided, "trans-caspian-mt", "baseline", 2030, float(np.median(values)))
    first = found.splits[0]
    assert (first.unknown, first.apart) == (ensemble.unknowns[3], 1.0)
    assert first.median_missed < first.median_reached
