"""The solver against the published tables of Caliendo & Parro (2015)."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from landbridge.economy import caliendo_parro as paper
from landbridge.economy.base import Shock
from landbridge.economy.equilibrium import solve
from landbridge.errors import InputError
from landbridge.validate.caliendo_parro import TABLE_2, TABLE_5, run

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "caliendo_parro_2015"
needs_files = pytest.mark.skipif(not FOLDER.is_dir(), reason="the authors' files are not here")

COMPUTED_BY_THE_PAPERS_OWN_STEPS = 1e-4
"""Per cent: our own calibration from the text tables against the authors' stored base year."""


@pytest.fixture(scope="module")
def targets():
    return {target.id: target for target in run(FOLDER)}


@needs_files
@pytest.mark.parametrize("name", sorted(TABLE_2))
@pytest.mark.parametrize("column", ["total", "terms_of_trade", "volume_of_trade", "real_wage"])
def test_table_2_to_the_printed_digits(targets, name, column):
    target = targets[f"table2.{name}.{column}"]
    assert round(target.model, 2) == target.published
    assert target.within


@needs_files
@pytest.mark.parametrize(("importer", "exporter"), sorted(TABLE_5))
def test_table_5_to_the_printed_digits(targets, importer, exporter):
    target = targets[f"table5.{importer}.{exporter}"]
    assert round(target.model, 2) == target.published


@needs_files
@pytest.mark.parametrize("name", ["MEX", "CAN", "USA"])
def test_growth_of_trade_inside_the_bloc_as_in_the_abstract(targets, name):
    assert targets[f"table5.{name}.members"].within


@needs_files
def test_table_7_covers_every_economy_and_adds_up(targets):
    for name in paper.ECONOMIES:
        total, volume, terms = (
            targets[f"table7.{name}.{column}"].model
            for column in ("total", "volume_of_trade", "terms_of_trade")
        )
        assert total == pytest.approx(volume + terms, abs=1e-12)


@needs_files
@pytest.mark.parametrize("name", ["MEX", "CAN", "USA"])
def test_own_calibration_gives_the_authors_base_year(targets, name):
    """Table 11's benchmark starts from the text tables, Table 2 from the stored base year."""
    ours = targets[f"table11.benchmark.{name}.welfare"].model
    theirs = targets[f"table2.{name}.total"].model
    assert ours == pytest.approx(theirs, abs=COMPUTED_BY_THE_PAPERS_OWN_STEPS)


@needs_files
def test_leaving_out_links_lowers_mexicos_gain(targets):
    """The paper's point: one sector < no materials < no input-output < all links."""
    gains = [
        targets[f"table11.{model}.MEX.welfare"].model
        for model in ("one_sector", "no_materials", "no_io", "benchmark")
    ]
    assert gains == sorted(gains)


@needs_files
def test_authors_base_years_are_equilibria():
    for balanced in (True, False):
        base = paper.read_base_year(FOLDER, balanced_trade=balanced)
        assert base.imbalance < 1e-6
        assert np.abs(solve(base).wage_hat - 1.0).max() < 1e-6
    assert np.abs(base.deficit).max() > 0.0


@needs_files
def test_closing_the_deficits_of_the_base_gives_the_authors_balanced_base():
    with_deficits = paper.read_base_year(FOLDER, balanced_trade=False)
    balanced = paper.read_base_year(FOLDER)
    closed = solve(with_deficits, deficits="closed").as_base()
    np.testing.assert_allclose(closed.shares, balanced.shares, atol=1e-6)


def test_missing_files_are_named(tmp_path):
    with pytest.raises(InputError, match=r"B\.txt.*xbilat1993\.txt"):
        paper.read_tables(tmp_path)
    with pytest.raises(InputError, match="noS"):
        paper.read_base_year(tmp_path)


def _twin(seed: int = 3) -> paper.PaperTables:
    """Tables in the paper's form for a made-up world of the paper's shape."""
    rng = np.random.default_rng(seed)
    n, sectors = len(paper.ECONOMIES), paper.SECTORS
    size = np.exp(rng.normal(0.0, 1.0, n))
    flows = np.zeros((sectors, n, n))
    flows[: paper.TRADABLE] = rng.gamma(1.0, 0.004, (paper.TRADABLE, n, n)) * np.outer(size, size)
    flows[:, np.arange(n), np.arange(n)] = 0.0
    tariff = rng.uniform(0.0, 0.3, flows.shape) * (flows > 0.0)
    mix = rng.dirichlet(np.full(sectors, 0.5), (n, sectors)).transpose(0, 2, 1)
    return paper.PaperTables(
        flows=flows,
        tariff_1993=tariff,
        tariff_2005=tariff * 0.3,
        output=size[:, None] * rng.uniform(1.0, 3.0, (n, sectors)),
        value_added_share=rng.uniform(0.3, 0.7, (n, sectors)),
        input_mix=mix,
        theta=np.r_[rng.uniform(2.0, 12.0, paper.TRADABLE), np.full(20, paper.SERVICES_THETA)],
    )


@pytest.mark.parametrize("model", ["benchmark", "one_sector", "no_materials", "no_io"])
def test_synthetic_twin_runs_through_every_model(model):
    tables = paper.model_tables(_twin(), model)
    base = paper.calibrate(tables)
    assert base.imbalance < 1e-9
    assert np.abs(base.deficit).max() == 0.0
    cut = solve(base, Shock(tariff=tables.tariff_2005))
    assert cut.residual < 1e-9
    world = (cut.real_income_hat * base.income).sum() / base.income.sum()
    assert world > 1.0


def test_synthetic_twin_keeps_deficits_when_asked():
    tables = _twin()
    base = paper.calibrate(tables, balanced_trade=False)
    recorded = tables.flows.sum(axis=(0, 2)) - tables.flows.sum(axis=(0, 1))
    np.testing.assert_allclose(base.deficit, recorded, rtol=1e-6, atol=1e-9)


def test_unknown_model_is_refused():
    with pytest.raises(InputError, match="two_sectors"):
        paper.model_tables(replace(_twin()), "two_sectors")
