"""PPML and OLS against the published tables of the WTO/UNCTAD Advanced Guide (Yotov et al. 2016).

Sources. `GUIDE_BOOK`: executed results of "An Advanced Guide to Trade Policy Analysis" in R
(Vargas Sepúlveda, pacha.dev/tradepolicy, chapter 1), which says that its Table 1 matches the
Guide's but for the R2 of the last column; it prints four digits where the Guide prints three.
`GUIDE_LOG`: Stata logs of the Guide's chapter 2, kept in the repository of the book.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from landbridge.economy.gravity.specification import Specification
from landbridge.errors import InputError
from landbridge.validate import agtpa

pytest.importorskip("pyfixest", reason="the extra gravity is not installed")
from landbridge.economy.gravity.estimate import estimate

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "agtpa"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the Guide's data are not here")

GUIDE_BOOK = "pacha.dev/tradepolicy, chapter 1"
GUIDE_LOG = "Guide's Stata logs, chapter 2"

FOUR_DIGITS = 0.5e-4 + 1e-9
"""The book prints four digits."""
SEVEN_DIGITS = 0.5e-6
"""The logs print seven digits; the iterations stop at different tolerances."""
PPML_SE = 1e-4
"""Both use G / (G - 1); the book prints four digits."""
OLS_SE = 0.02
"""Relative: ours counts the dummies, (N - 1) / (N - K), as Stata's regress; the book's do not."""
LOG_SE = 2e-4
"""Relative: Stata's robust errors have the factor N / (N - 1), ours not."""

YEARS = tuple(range(1986, 2007, 4))
GRAVITY = ("ln_dist", "cntg", "lang", "clny")
LAGS = ("rta", "rta_lag4", "rta_lag8", "rta_lag12")
DISTANCES = tuple(f"ln_dist_{year}" for year in YEARS)
BORDERS = tuple(f"border_{year}" for year in YEARS[:-1])
BOTH = ("exporter-year", "importer-year")
PAIR = (*BOTH, "pair")


@dataclass(frozen=True)
class Published:
    table: str
    specification: Specification
    figures: dict[str, tuple[float, float]]
    n: int
    source: str = GUIDE_BOOK
    year: int | None = None
    slow: bool = False

    @property
    def relative_se(self):
        if self.source == GUIDE_LOG:
            return LOG_SE
        return OLS_SE if self.specification.estimator == "ols" else None


def spec(regressors, effects=BOTH, **more):
    return Specification("published", tuple(regressors), effects, **more)


PUBLISHED = [
    Published(
        "1(1) OLS, no effects",
        spec((*GRAVITY, "ln_y", "ln_e"), (), estimator="ols"),
        {
            "ln_dist": (-1.0016, 0.0273),
            "cntg": (0.5738, 0.1847),
            "lang": (0.8015, 0.0821),
            "clny": (0.7349, 0.1442),
            "ln_y": (1.1902, 0.0095),
            "ln_e": (0.9076, 0.0099),
        },
        25689,
    ),
    Published(
        "1(2) OLS, remoteness",
        spec((*GRAVITY, "ln_y", "ln_e", "ln_rem_exp", "ln_rem_imp"), (), estimator="ols"),
        {
            "ln_dist": (-1.1848, 0.0313),
            "cntg": (0.2466, 0.1769),
            "lang": (0.7394, 0.0784),
            "clny": (0.8425, 0.1502),
            "ln_y": (1.1643, 0.0095),
            "ln_e": (0.9026, 0.0099),
            "ln_rem_exp": (0.9718, 0.0682),
            "ln_rem_imp": (0.2737, 0.0598),
        },
        25689,
    ),
    Published(
        "1(3) OLS, fixed effects",
        spec(GRAVITY, estimator="ols"),
        {
            "ln_dist": (-1.2156, 0.0376),
            "cntg": (0.2232, 0.1995),
            "lang": (0.6609, 0.0807),
            "clny": (0.6705, 0.1470),
        },
        25689,
    ),
    Published(
        "1(4) PPML, fixed effects",
        spec(GRAVITY),
        {
            "ln_dist": (-0.8409, 0.0317),
            "cntg": (0.4374, 0.0832),
            "lang": (0.2475, 0.0765),
            "clny": (-0.2225, 0.1162),
        },
        28152,
    ),
    Published(
        "2(1) OLS, distance by year",
        spec((*DISTANCES, *GRAVITY[1:]), estimator="ols"),
        {
            "ln_dist_1986": (-1.1685, 0.0429),
            "ln_dist_1990": (-1.1551, 0.0416),
            "ln_dist_1994": (-1.2106, 0.0449),
            "ln_dist_1998": (-1.2481, 0.0421),
            "ln_dist_2002": (-1.2413, 0.0434),
            "ln_dist_2006": (-1.2613, 0.0430),
            "cntg": (0.2230, 0.1993),
            "lang": (0.6611, 0.0807),
            "clny": (0.6702, 0.1469),
        },
        25689,
    ),
    Published(
        "2(2) PPML, distance by year",
        spec((*DISTANCES, *GRAVITY[1:])),
        {
            "ln_dist_1986": (-0.8593, 0.0370),
            "ln_dist_1990": (-0.8341, 0.0377),
            "ln_dist_1994": (-0.8348, 0.0351),
            "ln_dist_1998": (-0.8469, 0.0354),
            "ln_dist_2002": (-0.8484, 0.0316),
            "ln_dist_2006": (-0.8356, 0.0312),
            "cntg": (0.4372, 0.0832),
            "lang": (0.2475, 0.0765),
            "clny": (-0.2223, 0.1163),
        },
        28152,
    ),
    Published(
        "2(3) PPML, internal distance",
        spec((*DISTANCES, *GRAVITY[1:], "ln_dist_intra"), domestic=True),
        {
            "ln_dist_1986": (-0.9797, 0.0720),
            "ln_dist_1990": (-0.9399, 0.0731),
            "ln_dist_1994": (-0.9150, 0.0720),
            "ln_dist_1998": (-0.8868, 0.0710),
            "ln_dist_2002": (-0.8839, 0.0706),
            "ln_dist_2006": (-0.8722, 0.0713),
            "cntg": (0.3714, 0.1396),
            "lang": (0.3373, 0.1682),
            "clny": (0.0192, 0.1563),
            "ln_dist_intra": (-0.4884, 0.1007),
        },
        28566,
        slow=True,
    ),
    Published(
        "2(4) PPML, internal distance and home bias",
        spec((*DISTANCES, *GRAVITY[1:], "ln_dist_intra", "home"), domestic=True),
        {
            "ln_dist_1986": (-0.8570, 0.0627),
            "ln_dist_1990": (-0.8189, 0.0633),
            "ln_dist_1994": (-0.7958, 0.0635),
            "ln_dist_1998": (-0.7699, 0.0630),
            "ln_dist_2002": (-0.7666, 0.0626),
            "ln_dist_2006": (-0.7544, 0.0622),
            "cntg": (0.5737, 0.1551),
            "lang": (0.3523, 0.1370),
            "clny": (0.0269, 0.1248),
            "ln_dist_intra": (-0.6024, 0.1092),
            "home": (1.6890, 0.5737),
        },
        28566,
        slow=True,
    ),
    Published(
        "2(5) PPML, effects of domestic sales",
        spec((*DISTANCES, *GRAVITY[1:]), (*BOTH, "domestic"), domestic=True),
        {
            "ln_dist_1986": (-0.9100, 0.0323),
            "ln_dist_1990": (-0.8790, 0.0321),
            "ln_dist_1994": (-0.8598, 0.0318),
            "ln_dist_1998": (-0.8329, 0.0317),
            "ln_dist_2002": (-0.8292, 0.0320),
            "ln_dist_2006": (-0.8105, 0.0320),
            "cntg": (0.4421, 0.0816),
            "lang": (0.2406, 0.0760),
            "clny": (-0.2203, 0.1165),
        },
        28566,
        slow=True,
    ),
    Published(
        "3(1) OLS, agreements",
        spec((*GRAVITY, "rta"), estimator="ols"),
        {"ln_dist": (-1.2159, 0.0384), "rta": (-0.0044, 0.0531)},
        25689,
    ),
    Published(
        "3(2) PPML, agreements",
        spec((*GRAVITY, "rta")),
        {
            "ln_dist": (-0.8216, 0.0310),
            "cntg": (0.4155, 0.0828),
            "lang": (0.2499, 0.0767),
            "clny": (-0.2054, 0.1143),
            "rta": (0.1907, 0.0658),
        },
        28152,
    ),
    Published(
        "3(3) PPML, agreements and domestic sales",
        spec((*GRAVITY, "rta"), (*BOTH, "domestic"), domestic=True),
        {
            "ln_dist": (-0.8003, 0.0303),
            "cntg": (0.3932, 0.0789),
            "lang": (0.2437, 0.0771),
            "clny": (-0.1822, 0.1134),
            "rta": (0.4085, 0.0688),
        },
        28566,
        slow=True,
    ),
    Published(
        "3(4) PPML, agreements and pair effects",
        spec(("rta",), PAIR, domestic=True),
        {"rta": (0.5572, 0.1022)},
        28482,
    ),
    Published(
        "3(5) PPML, lead",
        spec(("rta", "rta_lead4"), PAIR, domestic=True),
        {"rta": (0.5200, 0.0859), "rta_lead4": (0.0774, 0.0921)},
        28482,
    ),
    Published(
        "3(6) PPML, phased in",
        spec(LAGS, PAIR, domestic=True),
        {
            "rta": (0.2914, 0.0892),
            "rta_lag4": (0.4135, 0.0672),
            "rta_lag8": (0.1687, 0.0431),
            "rta_lag12": (0.1189, 0.0301),
        },
        28482,
        slow=True,
    ),
    Published(
        "3(7) PPML, globalisation",
        spec((*LAGS, *BORDERS), PAIR, domestic=True),
        {
            "rta": (0.1157, 0.0867),
            "rta_lag4": (0.2877, 0.0617),
            "rta_lag8": (0.0693, 0.0482),
            "rta_lag12": (0.0024, 0.0291),
            "border_1986": (-0.7056, 0.0478),
            "border_1990": (-0.4803, 0.0429),
            "border_1994": (-0.3665, 0.0335),
            "border_1998": (-0.1581, 0.0233),
            "border_2002": (-0.1409, 0.0169),
        },
        28482,
        slow=True,
    ),
    Published(
        "chapter 2, trade without borders",
        spec(("ln_dist", "cntg", "border"), domestic=True, cluster="none"),
        {
            "ln_dist": (-0.7912879, 0.0501494),
            "cntg": (0.6736456, 0.1073719),
            "border": (-2.47445, 0.1193816),
        },
        4761,
        source=GUIDE_LOG,
        year=2006,
    ),
    Published(
        "chapter 2, impact of agreements",
        spec(("rta",), PAIR, domestic=True, cluster="none"),
        {"rta": (0.5571853, 0.055771)},
        28482,
        source=GUIDE_LOG,
    ),
]
MATRIX = [
    pytest.param(each, id=each.table, marks=[pytest.mark.slow] if each.slow else [])
    for each in PUBLISHED
]
R2_OF_BORDERS_LOG = 0.99450921
SUM_OF_LAGS = (0.9926, 0.0943)
SUM_OF_LAGS_GLOBALISATION = (0.4750, 0.1095)
CHANGE_OF_DISTANCE_PCT = {"ols": (7.9502, 3.6976), "ppml": (-2.7503, 3.0038)}


@pytest.fixture(scope="module")
def panel():
    return agtpa.guide_panel(FOLDER / agtpa.FILE)


@pytest.fixture(scope="module")
def estimated(panel):
    known = {}

    def of(published):
        if published.table not in known:
            part = panel
            if published.year:
                part = panel.where(panel.rows["year"] == published.year)
            known[published.table] = estimate(part, published.specification)
        return known[published.table]

    return of


@pytest.mark.parametrize("published", MATRIX)
def test_coefficients_and_errors_as_published(estimated, published):
    found = estimated(published)
    assert found.n == published.n
    assert not found.dropped
    digits = SEVEN_DIGITS if published.source == GUIDE_LOG else FOUR_DIGITS
    for name, (value, error) in published.figures.items():
        ours = found.coefficient(name)
        assert ours.estimate == pytest.approx(value, abs=digits), name
        if published.relative_se is None:
            assert ours.se == pytest.approx(error, abs=PPML_SE), name
        else:
            assert ours.se == pytest.approx(error, rel=published.relative_se, abs=5e-5), name


def by_name(table):
    return next(each for each in PUBLISHED if each.table.startswith(table))


def test_r2_of_the_log_is_the_squared_correlation(estimated):
    found = estimated(by_name("chapter 2, trade without"))
    assert found.r2 == pytest.approx(R2_OF_BORDERS_LOG, abs=1e-7)


@pytest.mark.parametrize(("table", "estimator"), [("2(1)", "ols"), ("2(2)", "ppml")])
def test_the_distance_puzzle_by_the_delta_method(estimated, table, estimator):
    change = estimated(by_name(table)).change_pct("ln_dist_1986", "ln_dist_2006")
    value, error = CHANGE_OF_DISTANCE_PCT[estimator]
    assert change.estimate == pytest.approx(value, abs=FOUR_DIGITS * 10)
    assert change.se == pytest.approx(error, rel=OLS_SE)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "published"), [("3(6)", SUM_OF_LAGS), ("3(7)", SUM_OF_LAGS_GLOBALISATION)]
)
def test_the_whole_effect_of_an_agreement(estimated, table, published):
    total = estimated(by_name(table)).total(LAGS)
    assert (total.estimate, total.se) == pytest.approx(published, abs=1e-4)


def test_seven_pairs_never_trade_and_are_told(estimated):
    """The log excludes 84 observations of seven pairs for the same reason."""
    assert estimated(by_name("3(4)")).n_separated == 84


def test_the_commands_figures_are_these():
    """`landbridge validate agtpa` prints a part of what is held here."""
    ours = [(name, value) for each in PUBLISHED for name, (value, _) in each.figures.items()]
    for column in agtpa.COLUMNS:
        for name, printed in column.printed.items():
            assert (name, printed) in ours


def test_a_folder_without_the_file_is_said(tmp_path):
    with pytest.raises(InputError, match=r"holds no agtpa_applications\.parquet"):
        agtpa.run(tmp_path)
