"""The two innermost steps, on LANES numbers at once.

Written as vector instructions: left to itself the compiler must first ask whether the rows
overlap, which for so few numbers takes longer than the work.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils as _cgutils
from numba.extending import intrinsic

cgutils: Any = _cgutils

LANES = 16
"""Terminals worked on together: two vectors of eight single-precision numbers."""

_NUMBER = ir.FloatType()
_LANES = ir.VectorType(_NUMBER, LANES)


def _meet_lanes(
    typing_context: Any, source: Any, begin: Any, target: Any, n: Any, best: Any
) -> Any:
    """Let `best[lane]` be the least `source[begin + k*LANES] + target[k*LANES + lane]`, k < n."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        first, row, into = (_data(context, builder, signature, args, i) for i in (0, 2, 4))
        first = builder.gep(first, [args[1]])
        lowest = cgutils.alloca_once_value(builder, ir.Constant(_LANES, [float("inf")] * LANES))
        with cgutils.for_range(builder, args[3]) as loop:
            place = builder.mul(loop.index, ir.Constant(loop.index.type, LANES))
            one = builder.load(builder.gep(first, [place]))
            through = builder.fadd(_splat(builder, one), _load(builder, builder.gep(row, [place])))
            builder.store(_smaller(builder, builder.load(lowest), through), lowest)
        _store(builder, builder.load(lowest), into)
        return context.get_dummy_value()

    return types.none(source, begin, target, n, best), codegen


def _offer_lanes(typing_context: Any, labels: Any, there: Any, row: Any, weight: Any) -> Any:
    """Lower the LANES labels from place `there` on to those of `row` plus `weight`."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        labels_at, row_at = (_data(context, builder, signature, args, i) for i in (0, 2))
        into = builder.gep(labels_at, [args[1]])
        through = builder.fadd(_load(builder, row_at), _splat(builder, args[3]))
        _store(builder, _smaller(builder, _load(builder, into), through), into)
        return context.get_dummy_value()

    return types.none(labels, there, row, weight), codegen


meet_lanes: Any = intrinsic(_meet_lanes)
offer_lanes: Any = intrinsic(_offer_lanes)


def _data(context: Any, builder: Any, signature: Any, args: Any, i: int) -> Any:
    return context.make_array(signature.args[i])(context, builder, args[i]).data


def _load(builder: Any, at: Any) -> Any:
    value = builder.load(builder.bitcast(at, _LANES.as_pointer()))
    value.align = 4
    return value


def _store(builder: Any, value: Any, at: Any) -> None:
    builder.store(value, builder.bitcast(at, _LANES.as_pointer())).align = 4


def _splat(builder: Any, number: Any) -> Any:
    kind = ir.VectorType(number.type, LANES)
    first = builder.insert_element(
        ir.Constant(kind, ir.Undefined), number, ir.Constant(ir.IntType(32), 0)
    )
    everywhere = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
    return builder.shuffle_vector(first, first, everywhere)


def _smaller(builder: Any, a: Any, b: Any) -> Any:
    kind = ir.FunctionType(_LANES, [_LANES, _LANES])
    name = f"llvm.minnum.v{LANES}f32"
    function = cgutils.get_or_insert_function(builder.module, kind, name)
    return builder.call(function, (a, b), fastmath=("nnan", "nsz"))
