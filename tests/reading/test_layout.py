"""How a text is laid out is guessed: what parts its cells, where the table begins and ends, names and units."""

import pytest

from engine import ExperimentError
from pages.reading.sheets.columns import read_sheet
from pages.reading.sheets.decoding import decode_text
from pages.reading.sheets.layout import SEPARATORS, Layout, guess_layout
from pages.reading.sheets.text_table import read_table
from tests.reading.sheets import open_sheet, open_table

NAMED = (
    ("a,b\n1,2\n", ",", ((1, 2),)),
    ("a;b\n0,5;1\n", ";", ((0.5, 1),)),
    ("a;b\n0.5;1\n", ";", ((0.5, 1),)),
    ("a\tb\r\n1\t2\r\n\r\n", "\t", ((1, 2),)),
    ("a,b\r1,2\r", ",", ((1, 2),)),
    ('"a, or so","b ""c"""\n"0,5","1"\n', ",", ((0.5, 1),)),
    ('a,b\n"1,234",5\n"852",6\n', ",", ((1234, 5), (852, 6))),
    ("a;b\n1.234,5;1\n", ";", ((1234.5, 1),)),
    ("a,b,\n1,2,\n3,4,\n", ",", ((1, 2), (3, 4))),
    ("a,b\n1,2\n,\n3,4", ",", ((1, 2), (3, 4))),
    ("a;b\n" + "1;2\n" * 60 + "0,5;2\n", ";", ((1, 2),) * 60 + ((0.5, 2),)),
    ("a;b\n\u22121,5;1e-3\n", ";", ((-1.5, 0.001),)),
    ('a,b\n"1\n",2\n3,4\n', ",", ((1, 2), (3, 4))),
    ("a|b\n1|2\n3|4\n", "|", ((1, 2), (3, 4))),
    ("| a | b |\n|---|--:|\n| 1 | 2 |\n| 3 | 4 |\n", "|", ((1, 2), (3, 4))),
    ("a b\n1 2\n3 4\n", " ", ((1, 2), (3, 4))),
    ("  a     b\n  1    2\n 30   40\n", " ", ((1, 2), (30, 40))),
    ("a b\n0,5 1,5\n1,25 2,5\n", " ", ((0.5, 1.5), (1.25, 2.5))),
    ("a\t\tb\tc\n1\t2\t\t3\n4\t\t5\t6\n", "\t+", ((1, 2, 3), (4, 5, 6))),
)
UNNAMED = (
    ("1,2\n3,4\n", ",", ((1, 2), (3, 4))),
    ("5.1,yes\n4.9,no\n", ",", ((5.1, 1), (4.9, 0))),
    ("0,5;1\n0,25;0\n", ";", ((0.5, 1), (0.25, 0))),
    ("1.000000000000000000e+00 2.000000000000000000e+00\n3.0 4.5\n", " ", ((1, 2), (3, 4.5))),
)


@pytest.mark.parametrize(
    ("text", "separator", "header", "rows"),
    [(text, mark, header, rows) for header, cases in ((True, NAMED), (False, UNNAMED)) for text, mark, rows in cases],
    ids=range(len(NAMED + UNNAMED)),
)
@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_plain_table(
    text: str, separator: str, header: bool, rows: tuple[tuple[float, ...], ...], letters: str
) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert guess_layout(plain) == Layout(separator, header=header)
    assert open_table(text.encode(letters))[0].rows == rows


@pytest.mark.parametrize(
    ("text", "letters", "names", "words"),
    [
        ("Größe;Süß\n1,5;2\n2,5;3\n", "cp1252", ("Größe", "Süß"), "those of Windows"),
        ("ação;não\n1;2\n3;4\n", "cp1252", ("ação", "não"), "those of Windows"),
        ("возраст;болен\n30;да\n40;нет\n", "cp1251", ("возраст", "болен"), "Cyrillic ones of Windows"),
    ],
)
def test_letters_that_are_not_utf_8(text: str, letters: str, names: tuple[str, ...], words: str) -> None:
    data = text.encode(letters)
    assert open_sheet(data).names == names
    assert words in decode_text(data)[1][0]
    assert open_table(data) == open_table(text.encode())


@pytest.mark.parametrize("separator", SEPARATORS)
def test_what_parts_cells_can_be_said(separator: str) -> None:
    text = f"a{separator[0]}b{separator[0]}c\n" + f"1{separator[0]}2{separator[0]}3\n" * 2
    assert guess_layout(text, separator) == Layout(separator, header=True)
    assert read_table(text, Layout(separator, header=True)).columns == (("1", "1"), ("2", "2"), ("3", "3"))


def test_a_wrong_separator_is_refused_in_words() -> None:
    text = "a;b\n0,5;1\n"
    with pytest.raises(ExperimentError, match="two columns or more"):
        read_sheet(text, guess_layout(text, "\t"))


@pytest.mark.parametrize(
    ("text", "layout", "names", "rows", "words"),
    [
        ("sep=;\na;b\n1;2\n", Layout(";", header=True, lines_above=1), "ab", 1, ""),
        ("+--+\n|a|b|\n+--+\n|1|2|\n+--+\n", Layout("|", header=True, lines_above=1), "ab", 1, ""),
        ("3 2\n1 2 3\n4 5 6\n7 8 9\n", Layout(" ", lines_above=1), "", 3, "above the table is left out: '3 2'"),
        ("2,2,x\n1,2,3\n4,5,6\n", Layout(",", lines_above=1), "", 2, "above the table is left out: '2,2,x'"),
        ("2,2,4\n1,2,3\n4,5,6\n7,8,9\n", Layout(","), "", 4, ""),
        ("# made by me\na,b\n1,2\n", Layout(",", header=True, lines_above=1), "ab", 1, "'# made by me'"),
        ("# a b\n1.0 2.0\n3.0 4.0\n", Layout(" ", header=True), "ab", 2, ""),
        ("# made by me\n# a b\n1.0 2.0\n", Layout(" ", header=True, lines_above=1), "ab", 1, "'# made by me'"),
        ("# made by me\n1.0 2.0\n", Layout(" ", lines_above=1), "", 1, "'# made by me'"),
        ("Rents;;\na;b;c\n1;2;3\n", Layout(";", header=True, lines_above=1), "abc", 1, "'Rents;;'"),
        ("Rents\n\nof 2024\na;b\n1;2\n", Layout(";", header=True, lines_above=3), "ab", 1, "'of 2024'"),
        ("a,b\n1,2\n\nSource: WHO\n", Layout(",", header=True), "ab", 1, "below the table is left out: 'Source: WHO'"),
        ("a;b\n1;2\nSource: WHO;\n", Layout(";", header=True), "ab", 1, "below the table is left out: 'Source: WHO'"),
        ("a b\n1 2\n# 3 4\n5 6\n", Layout(" ", header=True), "ab", 2, "in the table is left out: '# 3 4'"),
        ("! of the probe\na b\n1 2\n", Layout(" ", header=True, lines_above=1), "ab", 1, "left out: '! of the probe'"),
        ("#,a\n1,2\n2,3\n", Layout(",", header=True), "#a", 2, ""),
    ],
    ids=range(16),
)
def test_oddities_above_and_below(text: str, layout: Layout, names: str, rows: int, words: str) -> None:
    assert guess_layout(text) == layout
    table = read_table(text, layout)
    assert "".join(map(str.strip, table.names)) == names
    assert len(table.columns[0]) == rows
    assert words in " ".join(table.notes)
    assert bool(words) == bool(table.notes)


@pytest.mark.parametrize(
    ("text", "names", "rows"),
    [
        ("size,rent\nm2,CHF\n50,1250\n60,1400\n", ("size (m2)", "rent (CHF)"), ((50, 1250), (60, 1400))),
        ("size,,kind\nlength,width,\n1,2,x\n3,4,y\n", ("size (length)", "width", "kind"), ((1, 2, 0), (3, 4, 1))),
        ("flat,size\n,[cm]\nx,50\ny,60\n", ("flat", "size (cm)"), ((0, 50), (1, 60))),
        (
            "a,an astonishingly long one\nkg,millimetres\n1,2\n3,4\n",
            ("a (kg)", "an astonishingly long on"),
            ((1, 2), (3, 4)),
        ),
    ],
)
def test_a_row_of_units_goes_into_the_names(
    text: str, names: tuple[str, ...], rows: tuple[tuple[float, ...], ...]
) -> None:
    assert guess_layout(text).has_units
    sheet = read_sheet(text, guess_layout(text))
    assert sheet.names == names
    assert sheet.notes[0].startswith("The row of units went into the names: ")
    assert open_table(text.encode())[0].rows == rows


@pytest.mark.parametrize(
    "text",
    [
        "size,rent\n-,n.a.\n50,1250\n60,1400\n",  # missing cells are no units
        "flat,size\nx,one\nx,50\ny,60\n",  # x stands below as well
        "size,rent\nm2,7\n50,1250\n60,1400\n",
        "a,b\nx,y\nz,w\n",
    ],
)
def test_a_row_of_the_table_is_no_row_of_units(text: str) -> None:
    assert not guess_layout(text).has_units
