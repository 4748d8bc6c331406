"""Sections: both ends placed, lengths that a line between them could have, years in order."""

from __future__ import annotations

import math

import pytest

from landbridge import facts

WINDING = {
    "serhetabat-torghundi-reconstruction",
    "karakoram-highway-raikot-khunjerab",
    "dushanbe-kulma-road",
}
"""Published lengths over 1.6 times the straight line: station yards and two mountain roads."""


def great_circle_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


@pytest.mark.parametrize("section", facts.rows("sections"), ids=lambda s: s.id)
def test_length_fits_the_ends(section):
    via = [tuple(map(float, point.split())) for point in section.via]
    points = [(section.from_lat, section.from_lon), *via, (section.to_lat, section.to_lon)]
    straight_km = sum(map(great_circle_km, points[:-1], points[1:]))
    assert straight_km > 0.5
    if section.length_km is not None:
        ratio = section.length_km / straight_km
        assert ratio >= 1
        assert ratio <= 1.6 or section.id in WINDING
        assert ratio == pytest.approx(section.length_ratio, abs=0.02)


@pytest.mark.parametrize(
    ("identifier", "year"),
    [
        ("zhetygen-altynkol", 2012),
        ("zhezkazgan-saksaulskaya", 2014),
        ("shalkar-beineu", 2014),
        ("dostyk-moiynty-second-track", 2025),
        ("bakhty-ayagoz", 2027),
        ("akhalkalaki-kars", 2017),
        ("china-laos-railway", 2021),
    ],
)
def test_opening_years(identifier, year):
    assert facts.row("sections", identifier).opens_year == year


def test_what_is_only_planned_never_opens_by_itself():
    for section in facts.rows("sections"):
        if section.stage in {"planned", "idea"}:
            assert section.opens_year is None, section.id
        if section.stage == "open" and section.opens_year:
            assert section.opens_year <= 2025, section.id


def test_parts_of_a_project_add_up_to_its_published_length():
    parts = [s for s in facts.rows("sections") if s.part_of == "zhezkazgan-beineu"]
    assert sum(s.length_km for s in parts) == 988


def test_new_lines_start_from_nothing():
    for section in facts.rows("sections"):
        if section.mode == "rail" and section.effect == "new_line" and section.tracks_before:
            assert section.id == "nong-khai-vientiane-new-bridge-line", section.id
