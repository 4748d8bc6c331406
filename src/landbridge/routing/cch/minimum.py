"""The smaller of two numbers, as one machine instruction."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.extending import intrinsic

NO_NAN = {"nnan", "nsz"}
"""Weights are never NaN (infinities are added, never subtracted), so minima may be reordered."""


def _smaller(typing_context: Any, a: Any, b: Any) -> Any:
    """Return the smaller of two floats of one type; for use inside kernels.

    `min` becomes a compare and a conditional store, which takes five times as long.
    """
    if a != b:
        return None

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        number = args[0].type
        kind = ir.FunctionType(number, [number, number])
        function = builder.module.declare_intrinsic("llvm.minnum", [number], kind)
        return builder.call(function, args, fastmath=("nnan", "nsz"))

    return a(a, a), codegen


smaller: Any = intrinsic(_smaller)
