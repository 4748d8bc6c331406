"""Skims come back from their own formats as they went in."""

import json

import numpy as np
import openmatrix
import pandas as pd
import pyarrow.parquet as pq
import pytest

import sample
from landbridge.exchange import omx, parquet


@pytest.fixture
def skim():
    return sample.skim()


def test_omx_holds_every_matrix_and_the_zones(skim, tmp_path):
    target = tmp_path / "skims.omx"
    omx.write_skim(skim, target)
    file = openmatrix.open_file(str(target), "r")
    try:
        assert sorted(file.list_matrices()) == sorted(omx.MATRICES)
        assert file.shape() == (3, 3)
        for name in omx.MATRICES:
            np.testing.assert_array_equal(np.array(file[name]), getattr(skim, name))
        assert file.mapping("zone") == {1: 0, 2: 1, 3: 2}
        names = [bytes(name).decode() for name in file.get_node("/lookup/zone_name")]
        assert names == ["Shanghai", "Almaty", "İstanbul"]
        assert file["time_h"].attrs.unit == "hours"
        assert "OpenStreetMap" in file.root._v_attrs.sources
    finally:
        file.close()


def test_parquet_has_a_row_a_pair_with_the_reason_of_a_missing_one(skim, tmp_path):
    target = tmp_path / "skims.parquet"
    parquet.write_skim(skim, target)
    frame = pd.read_parquet(target)
    assert len(frame) == 9
    assert list(frame.columns[:2]) == ["from_id", "to_id"]
    pairs = frame.set_index(["from_id", "to_id"])
    assert pairs.loc[("CNSHA", "KZALA"), "time_h"] == 10
    lost = pairs.loc[("CNSHA", "TRIST")]
    assert lost[list(omx.MATRICES)].isna().all()
    assert lost["reason"] == "no way is open by rail"
    assert frame["reason"].notna().sum() == 1


def test_parquet_says_units_and_sources(skim, tmp_path):
    target = tmp_path / "skims.parquet"
    parquet.write_skim(skim, target)
    schema = pq.read_schema(target)
    assert schema.field("cost_usd_feu").metadata[b"unit"].startswith(b"US dollars")
    assert b"ODbL" in schema.metadata[b"licence"]
    zones = json.loads(schema.metadata[b"zones"])
    assert [zone["economy"] for zone in zones] == ["CHN", "KAZ", "TUR"]
