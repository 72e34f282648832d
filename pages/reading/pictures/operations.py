"""What is done on the pictures, as the browser tells it, in the order in which it is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LARGEST_NUMBER = 2**53
"""Operations have whole numbers that a float of the browser can hold."""

KINDS = {
    "table": ("add", "move", "delete"),  # points on the map
    "network": ("units", "layers", "activation", "start"),  # its shape, and training from a weight
    "step": ("undo", "redo"),
}
"""By what they are done to."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; the browser numbers them upwards, so that each is applied once, however often it is told."""

    number: int
    kind: str  # one of KINDS
    values: Mapping[object, object]  # what comes with it, not yet checked

    @property
    def subject(self) -> str:
        """What it is done to: a key of KINDS."""
        return next(subject for subject, kinds in KINDS.items() if self.kind in kinds)


def read_operations(told: object, last: int) -> Iterator[Operation]:
    """The operations after the last one applied, in their order. They come from a browser, so they may be anything."""
    operations = [] if not isinstance(told, list) else [one for each in told if (one := read_operation(each))]
    for operation in sorted(operations, key=lambda each: each.number):
        if operation.number > last:
            yield operation
            last = operation.number


def read_operation(told: object) -> Operation | None:
    """One of them; None for what is none."""
    match told:
        case {"n": int(number), "kind": str(kind), **values} if any(kind in kinds for kinds in KINDS.values()):
            is_number = not isinstance(number, bool) and 0 < number < LARGEST_NUMBER
            return Operation(number, kind, values) if is_number else None
    return None
