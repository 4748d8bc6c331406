"""From the globe to the page: an equal-area projection, so that no country looks too large."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = np.sqrt(3.0) / 2.0


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """Equal Earth projection about a central meridian, y pointing down as on a page.

    Source: Šavrič, Patterson & Jenny (2019), "The Equal Earth map projection",
    International Journal of Geographical Information Science 33(3), equations 8 to 10.

    Attributes
    ----------
    centre_lon : degrees east of the meridian that stays straight.
    scale : page units a radian.

    Examples
    --------
    >>> x, y = EqualEarth(60.0, 100.0).project(np.array([0.0]), np.array([60.0]))
    >>> float(x[0]), float(y[0])
    (0.0, -0.0)
    """

    centre_lon: float
    scale: float

    def project(self, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
        """Page coordinates of points in degrees, arrays of one shape."""
        turned = np.radians(self.turn(lon))
        theta = np.arcsin(_M * np.sin(np.radians(lat)))
        t2 = theta * theta
        t6 = t2 * t2 * t2
        slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
        x = turned * np.cos(theta) / (_M * slope)
        y = theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
        return self.scale * x, -self.scale * y

    def turn(self, lon: Floats) -> Floats:
        """Degrees east of the central meridian, from -180 up to 180."""
        return (np.asarray(lon, np.float64) - self.centre_lon + 180.0) % 360.0 - 180.0


def centre_of(lon: Floats) -> float:
    """Middle of the smallest arc of longitude that holds all points, in degrees.

    Examples
    --------
    >>> centre_of(np.array([170.0, -170.0]))
    180.0
    """
    ordered = np.unique(np.asarray(lon, np.float64) % 360.0)
    gaps = np.diff(np.append(ordered, ordered[0] + 360.0))
    widest = int(np.argmax(gaps))
    start = ordered[(widest + 1) % len(ordered)]
    middle = start + (360.0 - gaps[widest]) / 2.0
    return float((middle + 180.0) % 360.0 - 180.0) if middle % 360.0 != 180.0 else 180.0
