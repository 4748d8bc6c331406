"""Freight as boxes: how many TEU the flows of a sector by a way are, as those who publish count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.routing.choice.ways import BROAD_WAY, ways

if TYPE_CHECKING:
    from landbridge.assess.goods import Goods

TEU_PER_FEU = 2.0


def teu_of_feu(goods: Goods) -> NDArray[np.float64]:
    """TEU that an FEU of each sector counts as by each way, float64[S, W].

    Two for sectors that ride containers, none for bulk. From end to end of the railways of 1520 mm
    most of what could ride boxes rides covered wagons: there all freight counts as the boxes that
    so many tonnes come with (`teu-a-kt-broad-gauge` of `capacity_rules.csv`).

    Examples
    --------
    >>> from landbridge.assess.goods import goods_of
    >>> from landbridge.economy.table.basetable import load_base
    >>> sorted({float(teu) for teu in teu_of_feu(goods_of(load_base()))[:, 0]})
    [0.0, 2.0]
    """
    of_sector = TEU_PER_FEU * (goods.routed_as == 0)
    found = np.repeat(of_sector[:, None], len(ways()), axis=1)
    broad = [way.id == BROAD_WAY for way in ways()]
    a_tonne = float(facts.row("capacity_rules", "teu-a-kt-broad-gauge").value) / 1e3
    found[:, broad] = (goods.payload_t_feu * a_tonne)[:, None]
    return found
