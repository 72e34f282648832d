"""A QR code is what an independent encoder draws, module for module, and a real decoder reads it."""

import itertools
import re

import numpy as np
import pytest
import segno
import zxingcpp

from engine import ExperimentError
from pages.widgets.frame.qr_code import CHECKS, MOST, QUIET, Modules, code, furniture, packed, penalty, svg, zigzag

LINK = b"https://glassbox.example/?x=0,0,1_1,1,1_1,0,1_0,1,1&y=0_1_1_0&h=8,8&a=tanh,tanh,sigmoid&seed=42&at=500#"


def text(length: int) -> bytes:
    """So many bytes of links, none like the next."""
    return (LINK * (length // len(LINK) + 1))[:length]


def capacity(version: int) -> int:
    """How many bytes fit into a version, found by trying."""
    size = 4 * version + 17
    low, high = 1, MOST
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(code(text(middle), 0)) <= size else (low, middle - 1)
    return low


def theirs(data: bytes, version: int, mask: int) -> Modules:
    made = segno.make(data, error="l", version=version, mode="byte", mask=mask, boost_error=False, micro=False)
    return np.array([list(row) for row in made.matrix], bool)


def read(modules: Modules) -> bytes:
    """What a decoder finds in a picture of the code."""
    picture = np.kron(np.where(np.pad(modules, QUIET), 0, 255), np.ones((4, 4))).astype(np.uint8)
    found = zxingcpp.read_barcode(picture)
    assert found is not None
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return bytes(found.bytes)


@pytest.mark.parametrize("version", range(1, 41))
def test_every_version_is_as_another_encoder_draws_it(version: int) -> None:
    data = text(capacity(version))
    mask = version % 8
    assert np.array_equal(code(data, mask), theirs(data, version, mask))
    assert read(code(data[:-3], mask)) == data[:-3]  # the other encoder pads a byte too many


@pytest.mark.parametrize("mask", range(8))
@pytest.mark.parametrize("version", [1, 7, 26])
def test_every_mask_is_as_another_encoder_draws_it(version: int, mask: int) -> None:
    data = text(capacity(version))
    assert np.array_equal(code(data, mask), theirs(data, version, mask))


@pytest.mark.parametrize("length", [1, 17, 18, 106, 500, 1_200, MOST])
def test_a_decoder_reads_it(length: int) -> None:
    assert read(code(text(length))) == text(length)


def test_any_bytes_are_read() -> None:
    assert read(code(bytes(range(256)))) == bytes(range(256))


def test_what_is_left_of_the_room_is_filled_as_the_standard_says() -> None:
    modules, fixed = code(b"abc", 1), furniture(1)[0]
    rows, columns = zigzag(fixed)
    bits = modules[rows, columns] ^ (rows % 2 == 0)
    assert np.packbits(bits)[:19].tolist() == [*packed(b"abc", 8), *[0xEC, 0x11] * 7]
    assert packed(b"abc", 8) == bytes([0x40, 0x36, 0x16, 0x26, 0x30])


def test_the_smallest_code_that_holds_it() -> None:
    sizes = [len(code(text(length), 0)) for length in (1, 17, 18, 32, 33, MOST)]
    assert sizes == [21, 21, 25, 25, 29, 177]


def test_what_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(ExperimentError, match="A QR code holds 2,953 characters, and this link has 2,954") as caught:
        code(text(MOST + 1))
    assert caught.value.field == "link"


def plain_penalty(modules: Modules) -> int:
    """The four rules of the standard, one module at a time."""
    size, score = len(modules), 0
    rows = ["".join("#" if dark else "." for dark in line) for line in modules]
    columns = ["".join(row[column] for row in rows) for column in range(size)]
    for line in rows + columns:
        score += sum(len(run.group()) - 2 for run in re.finditer(r"#{5,}|\.{5,}", line))
        framed = f"....{line}...."
        score += 40 * len(re.findall(r"(?=\.{4}#\.###\.#)", framed))
        score += 40 * len(re.findall(r"(?=#\.###\.#\.{4})", framed))
    for row, column in itertools.product(range(size - 1), repeat=2):
        score += 3 * (len(set(rows[row][column : column + 2] + rows[row + 1][column : column + 2])) == 1)
    share = 100 * sum(row.count("#") for row in rows) / size**2
    return score + 10 * int(abs(share - 50) / 5)


@pytest.mark.parametrize("length", [5, 100, 300])
def test_the_mask_is_the_one_that_scores_best(length: int) -> None:
    data = text(length)
    scores = []
    for mask in range(8):
        modules = code(data, mask)
        assert penalty(modules) == plain_penalty(modules)
        scores.append(penalty(modules))
    assert len(set(scores)) > 1
    assert penalty(code(data)) == min(scores)


@pytest.mark.parametrize("dark", [0.05, 0.5, 0.93])
def test_penalty_of_any_picture(dark: float) -> None:
    modules = np.random.RandomState(3).rand(33, 33) < dark
    assert penalty(modules) == plain_penalty(modules)


def test_half_of_the_picture_is_free_for_data_in_the_smallest_and_nine_tenths_in_the_largest() -> None:
    free = [float((~furniture(version)[0]).mean()) for version in (1, 40)]
    assert free == [208 / 21**2, pytest.approx(29_648 / 177**2)]
    assert len(CHECKS) == 40


def test_the_drawing_is_the_code_with_its_margin() -> None:
    modules = code(LINK)
    drawn = svg(modules)
    size = len(modules) + 2 * QUIET
    assert f'viewBox="0 0 {size} {size}"' in drawn
    painted = np.zeros((size, size), bool)
    for column, row, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\1z", drawn):
        painted[int(row), int(column) : int(column) + int(width)] = True
    assert np.array_equal(painted, np.pad(modules, QUIET))
    assert "script" not in drawn
