"""A real decoder reads the QR code of a link."""

import re

import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp

from pages.widgets.frame.share import LONGEST_QR_LINK, qr_code_svg

LINK = "https://glassbox.example/?x=0,0,1_1,1,1_1,0,1_0,1,1&y=0_1_1_0&h=8,8&a=tanh,tanh,sigmoid&seed=42&at=500#"


def picture_of(svg: str) -> npt.NDArray[np.uint8]:
    """The SVG as gray pixels, 4 a module: its path is moves, "M4 4.5" and "m2 0", and strokes to the right, "h7"."""
    size = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    (path,) = re.findall(r'stroke="#000"[^>]* d="([^"]*)"', svg)
    pixels, column, row = np.full((size, size), 255, np.uint8), 0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?\d+)(?: (-?[\d.]+))?", path):
        if command == "h":
            pixels[int(row), column : column + int(first)] = 0
        elif command == "M":
            column, row = 0, 0.0
        column += int(first)
        row += float(second or 0)
    return np.kron(pixels, np.ones((4, 4), np.uint8))


@pytest.mark.parametrize("length", [30, 106, 500, LONGEST_QR_LINK])
def test_a_decoder_reads_it(length: int) -> None:
    link = (LINK * (length // len(LINK) + 1))[:length]
    code = zxingcpp.read_barcode(picture_of(qr_code_svg(link)))
    assert code is not None
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.text == link


def test_there_is_a_quiet_zone_of_four_modules() -> None:
    picture = picture_of(qr_code_svg(LINK))
    assert (picture[:16] == 255).all()
    assert (picture[:, :16] == 255).all()
    assert (picture[16] == 0).any()
