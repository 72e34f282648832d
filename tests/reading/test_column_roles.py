"""Which columns are proposed as targets and as inputs, and why others are not."""

import pytest

from engine import Experiment
from pages.reading.edited_table import EditedTable
from pages.reading.sheets.column_roles import ColumnRoles, suggest_roles
from pages.reading.sheets.table import make_table
from tests.reading.sheets import LESSON, open_sheet, open_table


def columns(text: str) -> tuple[str, str]:
    """The names of inputs and targets that are proposed, blanks between them."""
    sheet = open_sheet(text.encode())
    guess = suggest_roles(sheet, LESSON)
    return " ".join(sheet.names[at] for at in guess.inputs), " ".join(sheet.names[at] for at in guess.targets)


MEASURES = "1.5,2.25,0\n2.5,3.5,1\n3.25,1.5,2\n4.5,7.75,0\n5.5,3.25,1\n6.25,2.5,2\n"
ROWS_OF_8 = "\n".join(f"{n},{n * n},{n % 3}" for n in range(1, 9))
TRUTH_3 = "\n".join(f"{a},{b},{c},{(a + b + c) % 2},{(a + b + c) // 2}" for a in (0, 1) for b in (0, 1) for c in (0, 1))


FIVE_CLASSES = "".join(f"{row}.5," + ",".join("01"[at == row % 5] for at in range(5)) + "\n" for row in range(7))


@pytest.mark.parametrize(
    ("text", "inputs", "targets"),
    [
        ("a,b,c\n" + MEASURES, "a b", "c"),
        # by their names
        ("label,b,c\n1,2.5,3\n0,3.5,1\n1,4.5,0\n", "b c", "label"),
        ("a,class,c\n" + MEASURES, "a c", "class"),
        ("a,Survived,c\n" + MEASURES, "a c", "Survived"),
        ("x,y,class\n" + MEASURES, "x y", "class"),
        ("x1,y1,y2\n" + MEASURES, "x1", "y1 y2"),
        ("x,y,z\n" + MEASURES, "x y", "z"),
        ("y,x1,x2\n" + MEASURES, "x1 x2", "y"),
        ("X1,Y,X2\n" + MEASURES, "X1 X2", "Y"),
        ("a,target 1,target 2\n" + MEASURES, "a", "target 1 target 2"),
        ("in1,in2,t0,t1,t2\n1,2,0,1,0.5\n2,3,1,0,0.5\n4,1,0,0,1\n", "in1 in2", "t0 t1 t2"),
        ("in1,in2,in3,in4,t\n1,2,0,1,0.5\n2,3,1,0,0.5\n4,1,0,0,1\n", "in1 in2 in3 in4", "t"),
        ("kind,b,c\nu,2.5,3\nv,3.5,1\nu,4.5,0\n", "b c", "kind"),
        # by their numbers
        ("a,b,sum,carry\n0,0,0,0\n0,1,1,0\n1,0,1,0\n1,1,0,1\n", "a b", "sum carry"),
        ("a,b,c,sum,carry\n" + TRUTH_3, "a b c", "sum carry"),
        ("a,b,out\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n", "a b", "out"),
        ("a,b,c,d\n0,0,1,0\n1,1,1,1\n1,0,1,1\n0,1,1,0\n", "a b c", "d"),
        ("a,b,c,d\n5.5,1,0,0\n6.5,0,1,0\n7.5,0,0,1\n8.5,1,0,0\n", "a", "b c d"),
        ("b,c,d,a\n1,0,0,5.5\n0,1,0,6.5\n0,0,1,7.5\n1,0,0,8.5\n", "a", "b c d"),
        ("what,p1,p2,p3,p4,p5\n7,0,1,1,0,1\n8,1,1,0,0,1\n7,0,0,1,0,1\n", "p1 p2 p3 p4 p5", "what"),
        ("x,c1,c2,c3,c4,c5\n" + FIVE_CLASSES, "x", "c1 c2 c3 c4 c5"),
        ("u,1.5,2.5\nv,2.5,3.5\nu,3.5,1.25\nv,4,2\n", "column 2 column 3", "column 1"),
        # columns that number the rows
        (f"Id,a,b\n{ROWS_OF_8}", "a", "b"),
        (f"nr,a,b\n{ROWS_OF_8}", "a", "b"),
        (f"customer_id,a,b\n{ROWS_OF_8}", "a", "b"),
        (f"PassengerId,a,b\n{ROWS_OF_8}", "a", "b"),
        (f"sample,a,b\n{ROWS_OF_8}", "a", "b"),
        (f",a,b\n{ROWS_OF_8}", "a", "b"),
        ("Id,a,b\n7,1.5,2\n3,2.5,3\n5,3.5,4\n", "a", "b"),
        ("a,Id,b\n1.5,7,2\n2.5,3,3\n3.5,5,4\n", "a", "b"),
        (f"day,a,b\n{ROWS_OF_8}", "day a", "b"),
        (f"x,a,b\n{ROWS_OF_8}", "x a", "b"),
        ("Id,a,b\n7,1.5,2\n7,2.5,3\n5,3.5,4\n", "Id a", "b"),
        ("Id,b\n1,2\n2,3\n3,4\n", "Id", "b"),
        (",,y\n1,2.5,3\n4,1.5,6\n7,8.5,1\n", "column 1 column 2", "y"),
    ],
)
def test_proposals(text: str, inputs: str, targets: str) -> None:
    assert columns(text) == (inputs, targets)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("a,digit\n1.5,0\n2.5,1\n3.5,2\n4.5,2\n5.5,1\n6.5,0\n", True),
        ("a,target\n1.5,1\n2.5,2\n3.5,3\n4.5,2\n5.5,1\n6.5,3\n", True),
        ("a,score\n1.5,0\n2.5,1\n3.5,2\n4.5,2\n5.5,1\n6.5,0\n", False),
        ("a,target\n1.5,10\n2.5,20\n3.5,30\n4.5,20\n5.5,10\n6.5,30\n", False),
        ("a,target\n1.5,0\n2.5,1\n3.5,2\n4.5,3\n", False),
        ("a,target\n1.5,0\n2.5,1\n3.5,0\n4.5,1\n", False),
        ("a,class\n1.5,2\n2.5,4\n3.5,4\n4.5,2\n", True),
        ("a,label\n1.5,-1\n2.5,1\n3.5,-1\n4.5,1\n", True),
        ("a,rooms\n1.5,1\n2.5,2\n3.5,1\n4.5,2\n", False),
        ("a,group of five\n" + "".join(f"{n}.5,{n // 5}\n" for n in range(15)), True),
        ("a,group of five\n" + "".join(f"{n}.5,{n % 3}\n" for n in range(15)), False),
    ],
)
def test_whole_numbers_are_proposed_as_classes(text: str, classes: bool) -> None:
    guess = suggest_roles(open_sheet(text.encode()), LESSON)
    assert guess.codings == (((1, "classes"),) if classes else ())


def test_the_tables_own_columns_keep_their_roles() -> None:
    before = EditedTable.from_experiment(
        Experiment(inputs=((1, 2),), targets=((3,),), input_names=("Id", "class"), target_names=("size",))
    )
    sheet = open_sheet(b"Id,class,size\n1,2,3\n2,3,5\n3,4,6\n")
    assert suggest_roles(sheet, before) == ColumnRoles((0, 1), (2,))


def test_a_column_that_numbers_the_rows_is_offered_and_says_why_not() -> None:
    sheet = open_sheet(f"Id,a,b\n{ROWS_OF_8}".encode())
    guess = suggest_roles(sheet, LESSON)
    assert guess.reasons == ((0, "it only numbers the rows, 1 to 8, first 1 in row 1"),)
    table, notes = make_table(sheet, ColumnRoles((0, 1), (2,), reasons=guess.reasons))
    assert (table.inputs, notes) == (("Id", "a"), ())


def test_a_large_column_of_one_value_is_left_out_and_offered() -> None:
    rows = "".join(f"{n},1000000,{2 * n}\n" for n in range(9))
    table, notes = open_table(f"x,c,y\n{rows}".encode())
    assert table.inputs == ("x",)
    assert "Column c is left out: it is 1000000 in every row and tells no row from another." in notes


def test_where_most_rows_have_an_empty_cell_they_are_filled() -> None:
    rows = "".join(f"{n},{'' if n % 3 == 1 else n},{'' if n % 3 == 2 else n},{2 * n}\n" for n in range(1, 10))
    sheet = open_sheet(f"a,b,c,d\n{rows}".encode())
    assert suggest_roles(sheet, LESSON).missing == "fill"
    assert len(open_table(f"a,b,c,d\n{rows}".encode())[0].rows) == 9
    few = rows.replace(",,", ",5,", 4)
    assert suggest_roles(open_sheet(f"a,b,c,d\n{few}".encode()), LESSON).missing == "leave_out"


def test_sixty_four_inputs_at_most_and_each_other_says_so() -> None:
    names = [*(f"v{n}" for n in range(70)), "z"]
    text = "\n".join(",".join(map(str, row)) for row in (names, range(71), range(1, 72)))
    sheet = open_sheet(text.encode())
    guess = suggest_roles(sheet, LESSON)
    assert (len(guess.inputs), guess.targets) == (64, (70,))
    assert dict(guess.reasons)[64] == "a network takes 64 inputs at most"


def test_a_column_of_many_words_is_no_input_and_may_be_a_target() -> None:
    rows = "".join(f"w{n % 20},{n}.5,{n * n}\n" for n in range(60))
    assert columns(f"town,a,b\n{rows}") == ("a", "b")
    sheet = open_sheet(f"town,a,b\n{rows}".encode())
    assert dict(suggest_roles(sheet, LESSON).reasons)[0] == "it has 20 different words"
    table, _ = make_table(sheet, ColumnRoles((1,), (0,)))
    assert len(table.targets) == 20
