"""What is pasted goes where it fits, cell for cell, and never changes a cell that it does not cover."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import PRESETS, Experiment, ExperimentError
from pages.reading.edited_table import EditedTable
from pages.reading.sheets.pasted_block import Block, fits_table, insert_block, split_block
from tests.engine.strategies import MANY, SEVERAL
from tests.reading.sheets import LESSON
from tests.reading.spellings import SPELLINGS, Spelling

OUTPUTS = EditedTable.from_experiment(
    Experiment(inputs=((0,), (1,), (2,)), targets=((0, 0, 0),) * 3, target_names=("p", "q", "r"))
)
XOR = PRESETS["xor"]
XOR_TEXT = "\n".join("\t".join(map(str, (*x, *y))) for x, y in zip(XOR.inputs, XOR.targets, strict=True))


def paste(text: str, table: EditedTable, row: int = 0, column: int = 0) -> EditedTable:
    block = split_block(text)
    assert fits_table(block, table, row, column)
    return insert_block(block, table, row, column)


def fits(text: str, table: EditedTable, row: int = 0, column: int = 0) -> bool:
    return fits_table(split_block(text), table, row, column)


def test_every_target_gets_its_own_numbers() -> None:
    table = paste("0\t10\t20\t30\n1\t11\t21\t31\n2\t12\t22\t32", OUTPUTS)
    assert table.rows == ((0, 10, 20, 30), (1, 11, 21, 31), (2, 12, 22, 32))


def test_a_table_of_another_width_does_not_fit() -> None:
    assert not fits(XOR_TEXT, LESSON)
    assert not fits("0\t1\t1\t0\t1", LESSON)
    assert not fits("1\t2", LESSON, 0, 3)


@pytest.mark.parametrize("text", ["a\tb\tc\ty\n0\t1\t1\t0", "yes\t1", "0,1,1\n1,0,1", "1 2\n3 4", "a"])
def test_names_and_words_do_not_fit(text: str) -> None:
    assert not fits(text, LESSON, 1)


def test_parts_of_a_table_do() -> None:
    assert fits("1", LESSON, 3, 3)
    assert fits("1\n0\n0\n1", LESSON, 0, 2)
    assert fits("1\t2\n3\t4", LESSON, 1, 1)
    assert fits("1\t2\n3\t4", LESSON)


def test_a_block_decides_together_and_what_is_in_doubt_stays_as_it_was_typed() -> None:
    assert [row[0] for row in paste("2,104\n1,600\n852\n", LESSON).rows] == [2104, 1600, 852, 0]
    assert [row[0] for row in paste("2,104\t1.5\n", LESSON).rows] == [2104, 1, 1, 0]
    assert [row[0] for row in paste("2,104\n", LESSON).rows] == ["2,104", 1, 1, 0]


def test_an_empty_cell_is_one_and_a_last_end_of_line_is_none() -> None:
    assert paste("5\t6\r\n7\t\r\n", LESSON, 1, 2).rows == ((0, 0, 1, 0), (1, 1, 5, 6), (1, 0, 7, None), (0, 1, 1, 0))
    assert [row[0] for row in paste("5\n6\n\n", LESSON).rows] == [5, 6, None, 0]
    assert len(paste("1\n", LESSON, 3).rows) == 4


def test_it_may_go_on_below_the_last_row() -> None:
    table = paste("1\t2\t3\t4\n5\t6\t7\t8\n", LESSON, 3)
    assert table.rows[3:] == ((1, 2, 3, 4), (5, 6, 7, 8))
    assert table.held_out == (False,) * 5
    assert paste("9", LESSON, 5, 1).rows[4:] == ((None,) * 4, (None, 9, None, None))


@pytest.mark.parametrize("text", ["1\t2\n3\t4\n\n\n", "\n1\t2\r\n3\t4", "1\t2\n\n3\t4\n"])
def test_blank_lines_beside_rows_of_cells_empty_none(text: str) -> None:
    assert split_block(text) == (("1", "2"), ("3", "4"))
    assert split_block("1\n\n3\n") == (("1",), ("",), ("3",))


@pytest.mark.parametrize(
    "text",
    [
        "[[0 1.5]\n [1 0. ]]",
        "X = np.array([[0, 1.5],\n              [1, 0.]])\n",
        "array([[0. , 1.5],\n       [1. , 0. ]], dtype=float32)",
        "[0, 1.5],\n[1, 0],\n",
        "A = [0 1.5; 1 0];",
    ],
)
def test_a_matrix_of_a_program_is_a_block(text: str) -> None:
    block = split_block(text)
    assert [[float(cell) for cell in row] for row in block] == [[0, 1.5], [1, 0]]


@pytest.mark.parametrize("text", ["[[1 2]\n ...\n [3 4]]", "[]", "[[], []]", "np.array([[0, 1]]).T", "[a], [b]"])
def test_what_only_begins_like_a_matrix_is_a_text(text: str) -> None:
    assert not fits(text, LESSON)


def test_quoted_cells_are_cells() -> None:
    assert split_block('"0.1"\t"a\nb"\n2') == (("0.1", "a\nb"), ("2", ""))
    assert paste('"0.1"', LESSON).rows[0][0] == 0.1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is nothing in it."),
        (" \n\t\n", "There is nothing in it."),
        ("<html><table></table></html>", "This is a web page"),
        ("a\x00b", "This is not text"),
        ("1\t2\n" * 50_000, "100,000 cells in 50,000 rows, at most 5,000 in 1,000 are taken: copy fewer."),
        ("\t" * 5_000 + "1", "5,001 cells in 1 row,"),
        ("1" * 200_000, "A cell of what was copied is too long."),
    ],
)
def test_what_cannot_be_pasted_says_why(text: str, words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        split_block(text)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize("spelling", [each for each in SPELLINGS if not each.decimal], ids=lambda each: each.text)
def test_every_spelling_means_what_it_does_elsewhere(spelling: Spelling) -> None:
    texts = [spelling.text, *spelling.beside]
    cells = insert_block(tuple((text,) for text in texts), LESSON, 0, 0).rows[0]
    match spelling.meaning:
        case "missing":
            assert cells[0] is None
        case "ask" | "text":
            assert cells[0] == spelling.text.strip() or (spelling.meaning == "ask" and cells[0] == spelling.text)
        case number:
            assert cells[0] == number


CELLS = st.sampled_from(["1", "0,5", "2,104", "852", "", "25%", "-"])
BLOCKS = st.integers(1, 4).flatmap(lambda n: st.lists(st.tuples(*[CELLS] * n), min_size=1, max_size=6).map(tuple))


@SEVERAL
@given(BLOCKS, st.integers(0, 5), st.integers(0, 3))
def test_no_cell_changes_that_a_block_does_not_cover(block: Block, row: int, column: int) -> None:
    assume(fits_table(block, LESSON, row, column))
    table = insert_block(block, LESSON, row, column)
    for at, (before, after) in enumerate(zip(LESSON.rows, table.rows, strict=False)):
        for place, cells in enumerate(zip(before, after, strict=True)):
            if not (row <= at < row + len(block) and column <= place < column + len(block[0])):
                assert cells[0] == cells[1]


@MANY
@given(st.text(max_size=60))
def test_whatever_is_copied_is_a_block_or_refused(text: str) -> None:
    try:
        block = split_block(text)
    except ExperimentError:
        return
    assert len({len(cells) for cells in block}) == 1
    assert fits_table(block, LESSON, 0, 0) in (True, False)
