"""Frozen weights: their gradients are computed and shown, and no update changes them.

They are named as NumPy indexes arrays, layers counted from 1: "W1" and "b1" are all weights and all biases of the first
layer, "W2[0,1]" is the weight from source 0 to unit 1 of the second, "b2[1]" that unit's bias.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from engine.model.validation import LIMITS, ExperimentError, list_items, short_repr

Shapes = Sequence[tuple[int, int]]
"""(fan_in, fan_out) of every layer."""

NAME = re.compile(r"([Wb])([1-9][0-9]?)(?:\[([0-9]{1,3})(?:,([0-9]{1,3}))?\])?")


def frozen_parts(value: object, shapes: Shapes, bias: bool) -> tuple[str, ...]:
    """These names in the order of the network, each part once; ExperimentError for one that it does not have.

    >>> frozen_parts(("b1", "W1[1, 0]", "W1[0,0]"), [(2, 1)], bias=True)
    ('W1', 'b1')
    """
    listed = list_items("frozen", value)
    if not listed:
        return ()
    flags = np.zeros(sum((fan_in + bias) * fan_out for fan_in, fan_out in shapes), dtype=bool)
    arrays = dict(split_by_name(flags, shapes, bias))
    for name in listed:
        match = NAME.fullmatch(name.replace(" ", "")) if isinstance(name, str) else None
        if not match or (match[3] and (match[1] == "W") != bool(match[4])):
            raise ExperimentError(
                "frozen", f"Frozen: {short_repr(name)} names no weights. Write W1, b1, W1[0,1] or b1[0]."
            )
        array = arrays.get(match[1] + match[2])
        if array is None and match[1] == "b" and not bias:
            raise ExperimentError("frozen", f"{match[0]} is frozen, but the bias is off: switch it on, or unfreeze it.")
        if array is None:
            raise ExperimentError(
                "frozen", f"{match[0]} is frozen, but the last layer is layer {len(shapes)}: unfreeze it."
            )
        place = tuple(int(number) for number in match.groups()[2:] if number)
        if any(index >= size for index, size in zip(place, array.shape, strict=False)):
            last = f"{match[1]}{match[2]}[{','.join(str(size - 1) for size in array.shape)}]"
            raise ExperimentError("frozen", f"{match[0]} is frozen, but the last one there is {last}: unfreeze it.")
        array[place] = True
    names = name_parts(flags, shapes, bias)
    if len(names) > LIMITS["frozen parts"]:
        raise ExperimentError(
            "frozen",
            f"{len(names):,} single weights are frozen, at most {LIMITS['frozen parts']}: freeze whole layers, such as "
            "W1.",
        )
    return names


def name_parts(flags: npt.NDArray[np.bool_], shapes: Shapes, bias: bool) -> tuple[str, ...]:
    """The shortest names of all that is flagged, (size,) in the order W1 row by row, b1, W2, ...

    >>> name_parts(np.array([True, False, True]), [(2, 1)], bias=True)
    ('W1[0,0]', 'b1')
    """
    names: list[str] = []
    for name, array in split_by_name(flags, shapes, bias):
        if array.all():
            names.append(name)
        else:
            names += [f"{name}[{','.join(map(str, place))}]" for place in np.argwhere(array).tolist()]
    return tuple(names)


def flag_parts(names: Sequence[str], shapes: Shapes, bias: bool) -> npt.NDArray[np.bool_]:
    """Whether each weight and bias is in one of these parts, which the network has: (size,), in the same order."""
    flags = np.zeros(sum((fan_in + bias) * fan_out for fan_in, fan_out in shapes), dtype=bool)
    arrays = dict(split_by_name(flags, shapes, bias))
    for name in names:
        array, _, place = name.removesuffix("]").partition("[")
        arrays[array][tuple(map(int, place.split(","))) if place else ...] = True
    return flags


def split_by_name(
    flags: npt.NDArray[np.bool_], shapes: Shapes, bias: bool
) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    """The name and the view of each array in a flat vector: W1 (fan_in, fan_out), b1 (fan_out,) with bias, W2, ..."""
    start = 0
    for layer, (fan_in, fan_out) in enumerate(shapes, 1):
        for name, shape in ((f"W{layer}", (fan_in, fan_out)), (f"b{layer}", (fan_out,)))[: 1 + bias]:
            size = int(np.prod(shape))
            yield name, flags[start : start + size].reshape(shape)
            start += size
