"""Panels put together from files of exactly the providers' forms, made small."""

import gzip

import numpy as np
import pandas as pd
import pytest

from landbridge.economy.gravity.assemble import read_panel
from landbridge.economy.gravity.equations import equations
from landbridge.economy.gravity.synthetic import synthetic_panel
from landbridge.errors import InputError, UnknownNameError

ECONOMIES = ("KAZ", "CHN", "ROM", "YUG", "UZB")
GEODIST = "iso_o;iso_d;contig;comlang_off;colony;dist;distwces\n"
DESTA = "\ufeffcountry1,country2,iso1,iso2,name,entry_type,year,entryforceyear\n"


def geodist(lacks=()):
    lines = [
        f"{o};{d};{int({o, d} == {'KAZ', 'CHN'})};0;0;{1000 + 100 * (a + b)};"
        f"{'.' if o in lacks or d in lacks else 1000 + 10 * (a + b)}"
        for a, o in enumerate(ECONOMIES)
        for b, d in enumerate(ECONOMIES)
    ]
    return GEODIST + "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "dist_cepii.csv").write_text(geodist())
    treaties = (
        "Kazakhstan,Uzbekistan,398,860,a,base_treaty,1997,2014\n"
        "Kazakhstan,Uzbekistan,398,860,b,base_treaty,2013,2016\n"
        "China,Kazakhstan,156,398,c,base_treaty,2010,\n"
        "Romania,Kosovo,642,900,d,accession,2010,2011\n"
    )
    name = "desta_list_of_treaties_02_02_dyads.csv.gz"
    (tmp_path / name).write_bytes(gzip.compress((DESTA + treaties).encode()))
    return tmp_path


def wits(folder, rows):
    columns = ["reporter", "partner", "year", "x_kusd", "m_kusd"]
    frame = pd.DataFrame(rows, columns=columns)
    frame.astype({"year": "int16"}).to_parquet(folder / "wits_totals.parquet")


NONE = np.nan
REPORTS = [
    ("KAZ", "CHN", 2012, 5000.0, 7000.0),
    ("CHN", "KAZ", 2012, 6500.0, 5200.0),
    ("KAZ", "UZB", 2012, 900.0, NONE),
    ("KAZ", "ROU", 2012, 40.0, NONE),
    ("ROU", "SRB", 2012, 11.0, 12.0),
    ("CHN", "EUN", 2012, 9e5, NONE),
    ("KAZ", "CHN", 2016, 4000.0, NONE),
    ("CHN", "UZB", 2016, NONE, 800.0),
]


def flow(panel, exporter, importer, year):
    rows = panel.rows
    found = rows[
        (rows["exporter"] == exporter) & (rows["importer"] == importer) & (rows["year"] == year)
    ]
    return found.iloc[0] if len(found) else None


def test_wits_takes_the_importer_then_the_exporter_then_zero(folder):
    wits(folder, REPORTS)
    panel = read_panel(folder)
    assert panel.years == (2012, 2016)
    assert flow(panel, "KAZ", "CHN", 2012)["trade"] == pytest.approx(5.2)
    assert flow(panel, "CHN", "KAZ", 2012)["trade"] == pytest.approx(7.0)
    assert flow(panel, "KAZ", "UZB", 2012)["trade"] == pytest.approx(0.9)
    assert flow(panel, "UZB", "CHN", 2012)["trade"] == 0.0
    assert flow(panel, "UZB", "SRB", 2012) is None
    assert flow(panel, "CHN", "UZB", 2016) is None
    assert flow(panel, "UZB", "CHN", 2016)["trade"] == pytest.approx(0.8)
    left_out = next(note for note in panel.notes if "no economy" in note)
    assert left_out.endswith("EUN")
    assert "98.0%" in left_out


def test_geography_and_agreements_by_year(folder):
    wits(folder, REPORTS)
    panel = read_panel(folder)
    assert flow(panel, "KAZ", "CHN", 2012)["contiguity"] == 1.0
    assert flow(panel, "KAZ", "CHN", 2012)["ln_distance"] == pytest.approx(np.log(1010))
    assert flow(panel, "KAZ", "ROU", 2012)["ln_distance"] == pytest.approx(np.log(1020))
    assert flow(panel, "ROU", "SRB", 2012) is not None
    assert flow(panel, "KAZ", "UZB", 2012)["agreement"] == 0.0
    wits(folder, [*REPORTS, ("KAZ", "UZB", 2016, 900.0, NONE)])
    later = read_panel(folder)
    assert flow(later, "KAZ", "UZB", 2016)["agreement"] == 1.0
    assert later.rows.loc[later.rows["exporter"] == "CHN", "agreement"].sum() == 0.0
    assert "DESTA" in later.sources["agreement"]


def test_a_missing_mean_distance_falls_back_on_the_main_cities_and_says_so(folder):
    (folder / "geo" / "dist_cepii.csv").write_text(geodist(lacks=("UZB",)))
    wits(folder, REPORTS)
    panel = read_panel(folder)
    assert flow(panel, "KAZ", "UZB", 2012)["ln_distance"] == pytest.approx(np.log(1400))
    assert flow(panel, "KAZ", "CHN", 2012)["ln_distance"] == pytest.approx(np.log(1010))
    assert any("UZB" in note and "dist" in note for note in panel.notes)


def test_comtrade_and_itpde_forms(folder):
    pd.DataFrame(
        {
            "exp": ["KAZ", "KAZ", "ROM"],
            "imp": ["CHN", "UZB", "KAZ"],
            "time": [2016, 2016, 2016],
            "export": [4.2e9, 0.0, 1e6],
        }
    ).to_parquet(folder / "penppml_trade.parquet")
    comtrade = read_panel(folder, flows="comtrade")
    assert flow(comtrade, "KAZ", "CHN", 2016)["trade"] == pytest.approx(4200.0)
    assert flow(comtrade, "KAZ", "UZB", 2016)["trade"] == 0.0
    assert flow(comtrade, "ROU", "KAZ", 2016)["trade"] == pytest.approx(1.0)
    pd.DataFrame(
        {
            "exporter": ["KAZ", "KAZ"],
            "importer": ["KAZ", "CHN"],
            "year": np.array([2016, 2016], np.int16),
            "v_usd_const2010": [1e9, 1e9],
            "v_usd_current": [1e9, 2e9],
        }
    ).to_parquet(folder / "itpde_total.parquet")
    itpde = read_panel(folder, flows="itpde")
    assert not itpde.domestic
    assert flow(itpde, "KAZ", "CHN", 2016)["trade"] == pytest.approx(2000.0)
    assert flow(itpde, "CHN", "KAZ", 2016)["trade"] == 0.0


def test_the_guides_form_keeps_domestic_sales_and_tells_the_border(folder):
    drawn = synthetic_panel(3, (2002, 2006), {"ln_distance": -1.0}, seed=0, domestic=True).rows
    drawn = drawn.rename(columns={"ln_distance": "dist"}).assign(
        dist=np.exp(drawn["ln_distance"]), year=drawn["year"].astype(float)
    )
    drawn = drawn.assign(cntg=0.0, lang=0.0, clny=0.0, rta=0.0)
    drawn.to_parquet(folder / "agtpa_applications.parquet")
    panel = read_panel(folder)
    assert panel.domestic
    home = panel.rows["exporter"] == panel.rows["importer"]
    assert (panel.rows["border"] == (~home).astype(float)).all()
    assert [each.name for each in equations(panel)] == ["distance", "border", "pair effects"]
    assert {each.cluster for each in equations(panel)} == {"exporter+importer"}


def test_a_ready_panel_is_read_and_checked(tmp_path):
    drawn = synthetic_panel(4, (2000, 2004), {"ln_distance": -1.0}, seed=0)
    drawn.rows.to_csv(tmp_path / "panel.csv", index=False)
    panel = read_panel(tmp_path / "panel.csv", years=(2004,))
    assert panel.years == (2004,)
    assert panel.sources == {"trade": "file panel.csv", "ln_distance": "file panel.csv"}
    with pytest.raises(InputError, match="no rows of 1999"):
        read_panel(tmp_path / "panel.csv", years=(1999,))
    bad = pd.concat([drawn.rows, drawn.rows.head(1).assign(trade=-1.0)])
    bad.to_parquet(tmp_path / "bad.parquet")
    with pytest.raises(InputError, match=r"trade is negative in 1 row(.|\n)*twice in a year in 1"):
        read_panel(tmp_path / "bad.parquet")
    (tmp_path / "panel.txt").write_text("hello")
    with pytest.raises(InputError, match=r"end it in \.csv or \.parquet"):
        read_panel(tmp_path / "panel.txt")
    drawn.rows.drop(columns="ln_distance").to_csv(tmp_path / "bare.csv", index=False)
    with pytest.raises(InputError, match="nothing to explain trade with"):
        equations(read_panel(tmp_path / "bare.csv"))


def test_what_lacks_is_named(folder, tmp_path):
    with pytest.raises(InputError, match="no file or folder"):
        read_panel(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"holds no flows: put wits_totals\.parquet or penppml"):
        read_panel(folder)
    wits(folder, REPORTS)
    with pytest.raises(UnknownNameError, match="did you mean 'wits'"):
        read_panel(folder, flows="wit")
    with pytest.raises(InputError, match=r"holds no flows: put itpde_total\.parquet"):
        read_panel(folder, flows="itpde")
    with pytest.raises(InputError, match="no flows of 1950, 2011"):
        read_panel(folder, years=(2012, 2011, 1950))
    (folder / "geo" / "dist_cepii.csv").unlink()
    with pytest.raises(InputError, match=r"lacks dist_cepii\.csv"):
        read_panel(folder)
    (folder / "dist_cepii.csv").write_text("iso_o;iso_d\nKAZ;CHN\n")
    with pytest.raises(InputError, match="it lacks contig, comlang_off, colony, dist, distwces"):
        read_panel(folder)
