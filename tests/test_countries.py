"""Which economy a point lies in, beside cities, capes and enclaves known to any atlas."""

import numpy as np
import pytest
import shapely

from landbridge import facts
from landbridge.errors import MissingExtraError
from landbridge.network import countries as room
from landbridge.network.countries import archive_path, countries, country_names, read_shapes


@pytest.fixture(scope="module")
def shapes():
    return countries()


@pytest.fixture(scope="module")
def whole():
    return {code: shape for code, _, shape in read_shapes()}


def economy(shapes, lat, lon):
    found = int(shapes.locate(np.array([lat]), np.array([lon]))[0])
    return None if found < 0 else shapes.codes[found]


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (43.24, 76.93, "KAZ"),  # Almaty
        (45.96, 63.31, "KAZ"),  # Baikonur, leased and drawn apart
        (29.56, 106.55, "CHN"),  # Chongqing
        (54.71, 20.51, "RUS"),  # Kaliningrad, an exclave
        (66.1, -170.2, "RUS"),  # Chukotka, past the date line
        (39.20, 45.41, "AZE"),  # Nakhchivan, an exclave
        (22.3, 114.17, "HKG"),
        (22.2, 113.55, "MAC"),
        (35.33, 33.32, "CYP"),  # Kyrenia, north of the line
        (9.56, 44.06, "SOM"),  # Hargeisa
        (60.1, 19.94, "FIN"),  # Mariehamn, Aland
        (42.66, 21.16, "XKX"),  # Pristina
        (31.9, 35.2, "PSE"),  # Ramallah
        (4.85, 31.6, "SSD"),  # Juba
        (27.15, -13.2, "ESH"),  # Laayoune
        (41.9033, 12.4534, "VAT"),
    ],
)
def test_known_places(shapes, lat, lon, code):
    assert economy(shapes, lat, lon) == code


def test_piers_take_the_coast_and_the_open_sea_takes_none(shapes):
    assert economy(shapes, 43.6, 51.1) == "KAZ"  # roadstead of Aktau
    assert economy(shapes, 42.0, 50.8) is None  # the middle of the Caspian
    assert economy(shapes, 0.0, -30.0) is None


def test_no_points_is_no_answer_and_no_error(shapes):
    assert shapes.locate(np.array([]), np.array([])).shape == (0,)


def test_codes_are_sorted_and_unique(shapes):
    assert list(shapes.codes) == sorted(set(shapes.codes))
    assert len(shapes.names) == len(shapes.codes)
    assert all(len(code) == 3 and code.isupper() for code in shapes.codes)


def test_names_without_shapes_are_the_names_of_the_shapes(shapes):
    assert country_names() == dict(zip(shapes.codes, shapes.names, strict=True))


def test_every_economy_of_the_facts_has_a_shape(shapes):
    named = {row.economy for row in facts.rows("terminals")}
    named |= {code for row in facts.rows("crossings") for code in (row.economy_a, row.economy_b)}
    assert named <= set(shapes.codes)


def test_a_point_inside_any_economy_is_found_there(shapes, whole):
    inside = shapely.point_on_surface(np.array([whole[code] for code in shapes.codes]))
    found = shapes.locate(shapely.get_y(inside), shapely.get_x(inside))
    assert found.tolist() == list(range(len(shapes.codes)))


def test_tiles_are_the_shapes_cut_up(shapes, whole):
    for code in ("KAZ", "AZE", "SGP"):
        own = shapes.owner == shapes.codes.index(code)
        area = shapely.area(shapes.tiles[own]).sum()
        assert area == pytest.approx(whole[code].area, rel=1e-9)


def test_tiles_are_small(shapes):
    west, south, east, north = shapely.bounds(shapes.tiles).T
    assert max((east - west).max(), (north - south).max()) <= 2 + 1e-9


def test_a_missing_package_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(room, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="pip install"):
        archive_path()
