"""landbridge: the open model of the Belt and Road."""

from __future__ import annotations

__version__ = "0.1.0"
