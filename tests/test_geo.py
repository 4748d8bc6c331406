"""Distances on the sphere obey the laws of a metric; the index finds what a plain search finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.network.geo import EARTH_RADIUS_KM, PointIndex, haversine_km, unit_sphere_km

LAT = st.floats(-90, 90)
LON = st.floats(-180, 180)
POINT = st.tuples(LAT, LON)


def test_published_distances():
    # London Heathrow to New York JFK: 5,540 km on the ellipsoid, half a percent off the sphere.
    assert haversine_km(51.4775, -0.4614, 40.6398, -73.7789) == pytest.approx(5540, rel=0.005)
    assert haversine_km(0, 0, 0, 180) == pytest.approx(np.pi * EARTH_RADIUS_KM)
    assert haversine_km(-90, 10, 90, -70) == pytest.approx(np.pi * EARTH_RADIUS_KM)


def test_over_the_date_line_is_the_short_way():
    assert haversine_km(0, 179.5, 0, -179.5) == pytest.approx(haversine_km(0, -0.5, 0, 0.5))


@settings(deadline=None)
@given(POINT, POINT)
def test_symmetric_and_never_past_half_the_globe(a, b):
    there, back = haversine_km(*a, *b), haversine_km(*b, *a)
    assert there == pytest.approx(float(back), abs=1e-6)
    assert 0 <= there <= np.pi * EARTH_RADIUS_KM + 1e-9


@settings(deadline=None)
@given(POINT)
def test_a_point_is_nowhere_but_at_itself(a):
    assert haversine_km(*a, *a) == 0


@settings(deadline=None)
@given(POINT, POINT, POINT)
def test_no_detour_is_shorter(a, b, c):
    # Near antipodes the haversine loses half its digits: a metre of slack.
    assert haversine_km(*a, *c) <= haversine_km(*a, *b) + haversine_km(*b, *c) + 1e-3


@settings(deadline=None)
@given(POINT, POINT)
def test_the_chord_is_never_longer_than_the_arc(a, b):
    lat, lon = np.array([a, b]).T
    chord = np.linalg.norm(np.diff(unit_sphere_km(lat, lon), axis=0))
    assert chord <= float(haversine_km(*a, *b)) + 1e-3


@settings(deadline=None)
@given(LAT, LON, st.floats(0, 360))
def test_chords_stand_for_distances_to_500_km_within_a_thousandth(lat, lon, bearing):
    angle, phi, turn = 500 / EARTH_RADIUS_KM, np.radians(lat), np.radians(bearing)
    phi_b = np.arcsin(np.sin(phi) * np.cos(angle) + np.cos(phi) * np.sin(angle) * np.cos(turn))
    east = np.arctan2(
        np.sin(turn) * np.sin(angle) * np.cos(phi), np.cos(angle) - np.sin(phi) * np.sin(phi_b)
    )
    index = PointIndex(np.array([lat]), np.array([lon]))
    km, _ = index.nearest(np.degrees(phi_b), lon + np.degrees(east))
    assert km[0] == pytest.approx(500, rel=1e-3)


@settings(deadline=None)
@given(st.lists(POINT, min_size=1, max_size=30), POINT, st.floats(1, 20_000))
def test_the_index_finds_what_a_plain_search_finds(points, at, radius):
    lat, lon = np.array(points).T
    chord = np.linalg.norm(
        unit_sphere_km(lat, lon) - unit_sphere_km(*map(np.atleast_1d, map(np.float64, at))), axis=1
    )
    index = PointIndex(lat, lon)
    km, position = index.nearest(*map(np.float64, at))
    assert km[0] == pytest.approx(chord.min(), abs=1e-9)
    assert chord[position[0]] == pytest.approx(chord.min(), abs=1e-9)
    clear = np.abs(chord - radius) > 1e-6
    found = index.within(*at, radius)
    assert np.array_equal(found, np.sort(found))
    assert np.array_equal(np.isin(np.arange(len(lat)), found)[clear], (chord <= radius)[clear])


def test_nothing_within_reach_is_infinity_not_a_guess():
    index = PointIndex(np.array([10.0]), np.array([10.0]))
    km, _ = index.nearest(np.array([0.0, 10.0]), np.array([0.0, 10.0]), within_km=100)
    assert np.isinf(km[0])
    assert km[1] == 0
    empty = PointIndex(np.array([]), np.array([]))
    assert np.isinf(empty.nearest(np.array([0.0]), np.array([0.0]))[0]).all()
    assert len(empty.within(0.0, 0.0, 1000.0)) == 0


def test_several_nearest_come_nearest_first():
    index = PointIndex(np.array([0.0, 0.0, 0.0]), np.array([3.0, 1.0, 2.0]))
    km, position = index.nearest(np.array([0.0]), np.array([0.0]), k=2)
    assert position.tolist() == [[1, 2]]
    assert np.all(np.diff(km) > 0)
