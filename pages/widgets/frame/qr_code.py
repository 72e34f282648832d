"""A QR code is a link as a picture, for a camera to read off the projector.

Written after ISO/IEC 18004:2015, only as far as links need it: bytes, error correction level L, versions 1 to 40.
Coordinates are row and column, a dark module is True.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine import ExperimentError

Modules = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Whole = NDArray[np.int_]

MOST = 2_953
"""So many bytes go into the largest code."""

QUIET = 4
"""The light margin, in modules, without which no camera finds the code."""

CHECKS = (
    *(7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28),
    *(28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30),
)
"""Check bytes of a block, version 1 first; ISO table 9, column L."""

BLOCKS = (
    *(1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8),
    *(8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25),
)
"""Blocks that the bytes are dealt out to, version 1 first; the same table."""

MASKS: tuple[Callable[[Whole, Whole], Whole], ...] = (
    lambda i, j: (i + j) % 2,
    lambda i, j: i % 2,
    lambda i, j: j % 3,
    lambda i, j: (i + j) % 3,
    lambda i, j: (i // 2 + j // 3) % 2,
    lambda i, j: i * j % 2 + i * j % 3,
    lambda i, j: (i * j % 2 + i * j % 3) % 2,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2,
)
"""A mask turns the modules where it is 0, so that the code looks like noise; ISO table 10."""

FINDER = np.pad(np.pad(np.ones((3, 3), bool), 1), 1, constant_values=True)
STAR = FINDER[1:-1, 1:-1] ^ True
STAR[2, 2] = True
LOOKALIKES = np.array([[0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1], [1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0]], bool)
"""What a camera could take for a finder: one in cross-section, light before or after it."""


def _powers() -> tuple[Whole, Whole]:
    """2 to the power of 0 to 509 in the field of 256 bytes, and the power that each byte is."""
    powers, logs = np.zeros(510, int), np.zeros(256, int)
    value = 1
    for power in range(255):
        powers[power] = powers[power + 255] = value
        logs[value] = power
        value = value * 2 ^ (value >= 128) * 0x11D
    return powers, logs


POWERS, LOGS = _powers()


def product(a: Bytes, b: Bytes) -> Bytes:
    """The product of bytes in that field."""
    return np.where((a == 0) | (b == 0), 0, POWERS[LOGS[a] + LOGS[b]]).astype(np.uint8)


def check_bytes(blocks: Bytes, count: int) -> Bytes:
    """The Reed-Solomon check bytes of each block: (blocks, length) to (blocks, count).

    They are what is left of the block, taken as a polynomial, after division by (x - 1)(x - 2)(x - 4)...
    """
    divisor = np.array([1], np.uint8)
    for power in range(count):
        root = np.array([POWERS[power]], np.uint8)
        divisor = np.append(divisor, np.uint8(0)) ^ np.append(np.uint8(0), product(divisor, root))
    rest = np.zeros((len(blocks), count), np.uint8)
    for column in blocks.T:
        lead = column ^ rest[:, 0]
        rest = np.roll(rest, -1, axis=1)
        rest[:, -1] = 0
        rest ^= product(lead[:, np.newaxis], divisor[np.newaxis, 1:])
    return rest


def code(data: bytes, mask: int | None = None) -> Modules:
    """The smallest code that holds the data, (size, size), without its margin; ExperimentError if there is none.

    The mask is the one that scores best, or the one asked for.
    """
    for version in range(1, 41):
        fixed, drawn = furniture(version)
        blocks, checks = BLOCKS[version - 1], CHECKS[version - 1]
        room = int((~fixed).sum()) // 8 - blocks * checks
        stream = packed(data, 8 if version < 10 else 16)
        if len(stream) <= room:
            break
    else:
        raise ExperimentError("link", f"A QR code holds {MOST:,} characters, and this link has {len(data):,}.")
    stream += bytes([0xEC, 0x11] * room)[: room - len(stream)]
    bits = np.unpackbits(dealt(np.frombuffer(stream, np.uint8), blocks, checks))
    path = zigzag(fixed)
    drawn[path[0][: len(bits)], path[1][: len(bits)]] = bits
    grid = np.indices(fixed.shape)
    tries = []
    for number in range(8) if mask is None else (mask,):
        masked = drawn ^ (~fixed & (MASKS[number](grid[0], grid[1]) == 0))
        signed(masked, number)
        tries.append(masked)
    return min(tries, key=penalty) if mask is None else tries[0]


def packed(data: bytes, width: int) -> bytes:
    """The data as a message: 0100 for bytes, how many in `width` bits, the bytes, 0000 for the end."""
    number = (0b0100 << width | len(data)) << 8 * len(data) | int.from_bytes(data)
    return (number << 4).to_bytes((4 + width + 8 * len(data) + 4) // 8)


def dealt(data: Bytes, blocks: int, checks: int) -> Bytes:
    """The data dealt out to blocks, the later ones a byte longer where it does not go evenly, and interleaved.

    Check bytes follow, interleaved too: a smudge then takes a little of each block, not all of one.
    """
    longest = -(-len(data) // blocks)
    lengths = np.full(blocks, longest)
    lengths[: blocks * longest - len(data)] -= 1
    taken = np.arange(longest) < lengths[:, np.newaxis]
    first, last = np.zeros((2, blocks, longest), np.uint8)
    first[taken], last[taken[:, ::-1]] = data, data  # zeros in front do not change what a division leaves
    return np.concatenate([first.T[taken.T], check_bytes(last, checks).T.ravel()])


def furniture(version: int) -> tuple[Modules, Modules]:
    """Where no data goes, and what is drawn there: finders, timing lines, stars, version; not yet the format."""
    size = 4 * version + 17
    fixed, drawn = np.zeros((2, size, size), bool)
    fixed[6] = fixed[:, 6] = True
    drawn[6, ::2] = drawn[::2, 6] = True
    fixed[:9, :9] = fixed[:9, -8:] = fixed[-8:, :9] = True
    drawn[:8, :8] = drawn[:8, -8:] = drawn[-8:, :8] = False
    drawn[:7, :7] = drawn[:7, -7:] = drawn[-7:, :7] = FINDER
    count = version // 7 + 2
    step = 26 if version == 32 else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    seats = [6, *(size - 7 - step * i for i in range(count - 1))] if version > 1 else []
    for row in seats:
        for column in seats:
            if (row, column) not in {(6, 6), (6, size - 7), (size - 7, 6)}:  # where the finders are
                fixed[row - 2 : row + 3, column - 2 : column + 3] = True
                drawn[row - 2 : row + 3, column - 2 : column + 3] = STAR
    if version >= 7:
        number = with_remainder(version, 12, 0x1F25)
        block = np.array([number >> bit & 1 for bit in range(18)], bool).reshape(6, 3)
        fixed[:6, -11:-8] = fixed[-11:-8, :6] = True
        drawn[:6, -11:-8], drawn[-11:-8, :6] = block, block.T
    return fixed, drawn


def with_remainder(number: int, bits: int, divisor: int) -> int:
    """A number, and after it the `bits` bits that are left of it when a polynomial over 0 and 1 divides it (BCH)."""
    rest = number << bits
    while rest.bit_length() > bits:
        rest ^= divisor << rest.bit_length() - bits - 1
    return number << bits | rest


def signed(modules: Modules, mask: int) -> None:
    """Draw the format, level L and the mask, twice beside the finders; and the one module that is always dark."""
    number = with_remainder(0b01000 | mask, 10, 0x537) ^ 0x5412
    bits = np.array([number >> bit & 1 for bit in range(15)], bool)
    modules[[0, 1, 2, 3, 4, 5, 7, 8], 8], modules[8, [7, 5, 4, 3, 2, 1, 0]] = bits[:8], bits[8:]
    modules[8, -8:], modules[-7:, 8] = bits[7::-1], bits[8:]
    modules[-8, 8] = True


def zigzag(fixed: Modules) -> tuple[Whole, Whole]:
    """Rows and columns of the free modules in the order of the bits: columns in pairs, from the right, up and down."""
    size = len(fixed)
    lefts = [*range(size - 2, 6, -2), *range(4, -1, -2)]  # the sixth column is a timing line
    up = np.arange(size)[::-1].repeat(2)
    rows = np.concatenate([up if turn % 2 == 0 else up[::-1] for turn in range(len(lefts))])
    columns = np.concatenate([np.tile([left + 1, left], size) for left in lefts])
    free = ~fixed[rows, columns]
    return rows[free], columns[free]


def penalty(modules: Modules) -> int:
    """How hard a code is to read; ISO 7.8.3.

    3 + i for a run of 5 + i alike, 3 for a square of four alike, 40 for what looks like a finder, 10 for every 5 %
    that the dark ones are off the half.
    """
    score = 0
    for lines in (modules, modules.T):
        ends = np.pad(lines[:, 1:] != lines[:, :-1], ((0, 0), (1, 1)), constant_values=True)
        runs = np.diff(np.flatnonzero(ends))
        score += int((runs[runs >= 5] - 2).sum())
        padded = np.pad(lines, ((0, 0), (QUIET, QUIET)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, LOOKALIKES.shape[1], axis=1)
        score += 40 * sum(int((windows == shape).all(axis=2).sum()) for shape in LOOKALIKES)
    alike = (modules[:-1] == modules[1:])[:, :-1] & (modules[:, :-1] == modules[:, 1:])[:-1]
    score += 3 * int((alike & (modules[:-1, :-1] == modules[1:, 1:])).sum())
    return score + 10 * int(abs(20 * int(modules.sum()) - 10 * modules.size) // modules.size)


def svg(modules: Modules) -> str:
    """The code as an SVG picture, black on white whatever the page's colours, with its margin."""
    size = len(modules) + 2 * QUIET
    strokes = []
    for row, line in enumerate(np.pad(modules, 1)[1:-1]):
        turns = np.flatnonzero(line[1:] != line[:-1]).tolist()
        strokes += [
            f"M{a + QUIET} {row + QUIET}h{b - a}v1H{a + QUIET}z" for a, b in zip(turns[::2], turns[1::2], strict=True)
        ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{"".join(strokes)}"/></svg>'
    )
