"""Small stand-ins with the shape of the real things; their figures mean nothing."""

from types import SimpleNamespace

import numpy as np

from landbridge.network.graph import Mode, Network
from landbridge.routing.results import Leg, Place, Route, RouteAnswer

CHONGQING = Place("Chongqing", "city", "CHN", 29.56, 106.55, "CNCKG")
DUISBURG = Place(
    "Duisburg", "city", "DEU", 51.43, 6.76, "DEDUI", "Duisburg in DEU was taken; say Duisburg, USA"
)
POINTS = {
    "Chongqing": (29.56, 106.55),
    "Dostyk": (45.2, 82.55),
    "Moscow": (55.75, 37.6),
    "Brest": (52.1, 23.7),
    "Duisburg": (51.43, 6.76),
    "Erenhot": (43.65, 111.97),
    "Shanghai": (31.2, 121.8),
    "Singapore": (1.2, 103.8),
    "Cape Town": (-35.0, 18.5),
    "Rotterdam": (51.95, 4.0),
}


def leg(mode, places, economy, hours, crossing=None, gauges=(None, None)):
    lat, lon = zip(*(POINTS[place] for place in places), strict=True)
    return Leg(
        mode=mode,
        from_=places[0],
        to=places[-1],
        economy=economy,
        distance_km=10.0 * hours,
        time_h=hours,
        time_sd_h=hours / 4,
        cost_usd_feu=20.0 * hours,
        co2_kg_feu=5.0 * hours,
        crossing=crossing,
        gauge_from_mm=gauges[0],
        gauge_to_mm=gauges[1],
        lat=lat,
        lon=lon,
    )


def way(corridor, name, modes, economies, legs):
    def total(figure):
        return float(sum(getattr(each, figure) for each in legs))

    return Route(
        corridor=corridor,
        corridor_name=name,
        modes=modes,
        distance_km=total("distance_km"),
        time_h=total("time_h"),
        time_sd_h=float(np.sqrt(sum(each.time_sd_h**2 for each in legs))),
        cost_usd_feu=total("cost_usd_feu"),
        co2_kg_feu=total("co2_kg_feu"),
        generalised_usd_feu=total("cost_usd_feu") + total("time_h"),
        economies=economies,
        crossings=tuple(each.crossing for each in legs if each.crossing),
        chokepoints=(),
        legs=tuple(legs),
    )


def answer():
    """A land way and a variant that share the track west of Moscow, the Cape, and a flight."""
    west = (
        leg("rail", ("Moscow", "Brest"), "RUS", 40.0),
        leg("rail", ("Brest",), "POL", 24.0, "Brest–Małaszewicze", (1520, 1435)),
        leg("rail", ("Brest", "Duisburg"), "DEU", 45.0),
    )
    ways = (
        way(
            "sample-land",
            "New Eurasian Land Bridge: <Kazakhstan> & Russia",
            ("rail",),
            ("CHN", "KAZ", "RUS", "POL", "DEU"),
            (
                leg("rail", ("Chongqing", "Dostyk"), "CHN", 80.0),
                leg("rail", ("Dostyk",), "KAZ", 30.0, "Alashankou–Dostyk", (1435, 1520)),
                leg("rail", ("Dostyk", "Moscow"), "KAZ", 100.0),
                *west,
            ),
        ),
        way(
            "sample-mongolia",
            "China–Mongolia–Russia",
            ("rail",),
            ("CHN", "MNG", "RUS", "POL", "DEU"),
            (
                leg("rail", ("Chongqing", "Erenhot"), "CHN", 70.0),
                leg("rail", ("Erenhot",), "MNG", 20.0, "Erenhot–Zamyn-Uud", (1435, 1520)),
                leg("rail", ("Erenhot", "Moscow"), "RUS", 160.0),
                *west,
            ),
        ),
        way(
            "sample-cape",
            "By sea round the Cape",
            ("road", "sea"),
            ("CHN", "NLD", "DEU"),
            (
                leg("road", ("Chongqing", "Shanghai"), "CHN", 30.0),
                leg("sea", ("Shanghai", "Singapore", "Cape Town", "Rotterdam"), None, 900.0),
                leg("road", ("Rotterdam", "Duisburg"), "DEU", 4.0),
            ),
        ),
        way(
            "sample-air",
            "By air",
            ("air",),
            ("CHN", "DEU"),
            (leg("air", ("Chongqing", "Duisburg"), None, 20.0),),
        ),
    )
    return RouteAnswer(
        CHONGQING, DUISBURG, 2025, "general", "generalised", ways, ("figures of a test",)
    )


def network():
    """Two stations either side of a border, a port and a lane to a node far out at sea."""
    return Network(
        node_lat=np.array([45.157, 45.2, 31.2, 1.2]),
        node_lon=np.array([82.5, 82.6, 121.8, 103.8]),
        node_mode=np.array([Mode.RAIL, Mode.RAIL, Mode.TRANSFER, Mode.SEA], np.int8),
        node_economy=np.array([0, 1, 0, -1], np.int16),
        node_gauge_mm=np.array([1435, 1520, 0, 0], np.int16),
        edge_tail=np.array([0, 0, 2], np.int32),
        edge_head=np.array([1, 2, 3], np.int32),
        edge_mode=np.array([Mode.RAIL, Mode.TRANSFER, Mode.SEA], np.int8),
        edge_length_km=np.array([9.5, 0.0, 4200.0]),
        edge_economy=np.array([0, 0, -1], np.int16),
        edge_crossing=np.array([0, -1, -1], np.int32),
        edge_border_rule=np.array([1, 0, 0], np.int8),
        edge_gauge_tail_mm=np.array([1435, 0, 0], np.int16),
        edge_gauge_head_mm=np.array([1520, 0, 0], np.int16),
        edge_section=np.array([-1, -1, -1], np.int32),
        edge_terminal=np.array([-1, 0, -1], np.int32),
        edge_chokepoint=np.array([-1, -1, 2], np.int32),
        shape_ptr=np.array([0, 3, 3, 6]),
        shape_lat=np.array([45.157, 45.18, 45.2, 31.2, 15.0, 1.2], np.float32),
        shape_lon=np.array([82.5, 82.55, 82.6, 121.8, 115.0, 103.8], np.float32),
        economies=("CHN", "KAZ"),
    )


def skim():
    """Three cities, the last of which nothing leads to from the first."""
    figure = np.array([[0, 10, np.nan], [11, 0, 5], [20, 6, 0]], np.float32)
    zones = (
        SimpleNamespace(id="CNSHA", name="Shanghai", economy="CHN", lat=31.2, lon=121.5),
        SimpleNamespace(id="KZALA", name="Almaty", economy="KAZ", lat=43.2, lon=76.9),
        SimpleNamespace(id="TRIST", name="İstanbul", economy="TUR", lat=41.0, lon=29.0),
    )
    for zone in zones:
        zone.population = 1000
    return SimpleNamespace(
        zones=zones,
        time_h=figure,
        time_sd_h=figure / 4,
        distance_km=figure * 50,
        cost_usd_feu=figure * 100,
        co2_kg_feu=figure * 7,
        reasons={(0, 2): "no way is open by rail"},
    )
