"""How a table is laid out in a text, guessed: what parts its cells, where it begins, its names, its row of units.

Every guess is shown with what came of it, and the visitor may say otherwise.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pages.reading.cells import Decimal
from pages.reading.number_spelling import is_missing, number_meanings

SEPARATORS = (";", "\t+", "\t", "|", ",", " ")
"""What may stand between cells; the comma comes late, for between semicolons it may be a decimal comma.

"\t+" is any number of tabs, and " " any number of blanks and tabs, each for one gap.
"""

SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
"""The line by which some spreadsheets say what separates cells."""

COMMENT = re.compile(r"^\s*(?:#|%|!|//)(?=\s|$)")
"""How a line begins that is a comment: np.savetxt writes "# " before names."""

RULE_LINE = re.compile(r"[\s|+:=-]*[|+][\s|+:=-]*")
"""The line under the names of a table drawn with | and -."""

SAMPLE_LENGTH = 20_000
"""From so many characters the layout is guessed."""

SAMPLE_LINES = 60

SAMPLE_CELLS = 1_000
"""In so many cells numbers are counted."""

MOST_LINES = 20_000
"""The most lines that are looked at: a thousand rows, and blank ones between and after them."""

MOST_LINES_ABOVE = 10

Row = tuple[int, list[str]]
"""The place of a line in the text, and its cells."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of a table are laid out in its text."""

    separator: str  # one of SEPARATORS
    decimal: Decimal = ""  # what parts decimals in all columns, "" where each cell tells or is asked
    header: bool = False  # whether the first row of the table is names
    lines_above: int = 0  # lines that stand above the table
    has_units: bool = False  # whether a row of units stands below the names


@dataclass(frozen=True, slots=True)
class Trial:
    """The beginning of a text, its cells parted by one separator."""

    separator: str
    rows: tuple[Row, ...]  # those from the table's first on
    width: int  # cells in most of its rows
    score: tuple[float, ...]  # the greater, the better


def prepare_line(line: str, separator: str) -> str:
    """A line in which exactly the delimiter parts cells; "" where it has no cells."""
    if separator == "|":
        line = line.strip().removeprefix("|").removesuffix("|")
        return "" if RULE_LINE.fullmatch(f"|{line}") else line
    if separator == " ":
        return line.replace("\t", " ").strip()
    return re.sub("\t+", "\t", line.strip()) if separator == "\t+" else line


def guess_layout(text: str, separator: str = "") -> Layout:
    """The layout that makes the most of the text's beginning; `separator` where it is known what parts cells."""
    first = SEPARATOR_LINE.match(text)
    separator = separator or (first[1] if first and first[1] in SEPARATORS else "")
    lines = text[:SAMPLE_LENGTH].split("\n")[:SAMPLE_LINES]
    if len(text) > SAMPLE_LENGTH and len(lines) > 1:  # the last line may have been cut off
        lines.pop()
    begin = int(bool(first))
    has_runs = any("\t\t" in line for line in lines)
    possible = [separator] if separator else [each for each in SEPARATORS if has_runs or each != "\t+"]
    trials = [_try_separator(lines, begin, each) for each in possible]
    best = max(trials, key=lambda trial: trial.score)
    rows = list(best.rows)
    if rows and _is_size_line(rows[0][1], best.width, text, rows[0][0]):
        rows.pop(0)
    if not rows:
        return Layout(best.separator, lines_above=begin)
    cells = [row for _, row in rows]
    header = _has_names(cells)
    above = rows[0][0]
    if not header and (names := _comment_above(lines[:above], best)) is not None:
        above, header = names, True
    return Layout(
        best.separator, "", header, above, header and _has_units(cells if above == rows[0][0] else [[], *cells])
    )


def _try_separator(lines: Sequence[str], begin: int, separator: str) -> Trial:
    """The rows from the first that has the usual width on, and how good that is."""
    rows = _sample_rows(lines, begin, separator)
    counts = Counter(len(row) for _, row in rows if len(row) > 1)
    if not counts:
        return Trial(separator, tuple(rows), 1, (-1.0, float(sum(line.count(separator[0]) for line in lines))))
    width = max(counts, key=lambda each: (counts[each], each))
    start = next((at for at, (_, row) in enumerate(rows) if len(row) == width and not _is_title(row)), 0)
    if start and _is_short_header(rows[start - 1][1], width):
        start -= 1
    table = rows[start:]
    equal = sum(len(row) == width or row is table[0][1] for _, row in rows) / len(rows)
    sample = [cell for _, row in table[1 : 1 + SAMPLE_CELLS // width] for cell in row if cell.strip()]
    numbers = sum(map(is_number, sample)) / len(sample) if sample else 0.0
    score = (equal if start <= MOST_LINES_ABOVE else 0.0, numbers, -SEPARATORS.index(separator))
    return Trial(separator, tuple(table), width, score)


def _sample_rows(lines: Sequence[str], begin: int, separator: str) -> list[Row]:
    """The rows that are not blank and no comments, each with the place of its first line."""
    prepared = ("" if COMMENT.match(line) else prepare_line(line, separator) for line in lines[begin:])
    reader = csv.reader(prepared, delimiter=separator[0], skipinitialspace=True)
    rows: list[Row] = []
    place = begin
    try:
        for row in reader:
            if "".join(row).strip():
                rows.append((place, row))
            place = begin + reader.line_num
    except csv.Error:  # a cell that is too long: it is refused when the whole is read
        pass
    return rows


def is_number(text: str) -> bool:
    """Whether a cell is a number, in whatever way it is spelled."""
    return number_meanings(text) != (None, None)


def _is_title(row: Sequence[str]) -> bool:
    """Whether only the first cell of a row has anything in it, and no number."""
    return bool(row[0].strip()) and not "".join(row[1:]).strip() and not is_number(row[0])


def _is_short_header(row: Sequence[str], width: int) -> bool:
    """Whether this is the names of a table of R, which writes none over the names of the rows."""
    return width > 2 and len(row) == width - 1 and not any(map(is_number, row)) and all(map(str.strip, row))


def _is_size_line(row: Sequence[str], width: int, text: str, place: int) -> bool:
    """Whether a first row says how many rows follow and how many inputs they have: scikit-learn writes 150,4,setosa.

    A row of as many numbers as the table has columns is one of the table, whatever numbers they are.
    """
    sizes = [cell.strip() for cell in row[:2]]
    if len(row) == width and all(map(is_number, row)):
        return False
    if not sizes[0].isdecimal() or len(sizes[0]) > 4 or sizes[1:] != [str(width - 1)] or text.count("\n") > MOST_LINES:
        return False
    return int(sizes[0]) == sum(1 for line in text.split("\n")[place + 1 :] if line.strip())


def _comment_above(lines: Sequence[str], trial: Trial) -> int | None:
    """The place of the comment right above the table, if it has a name for each column."""
    place = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), None)
    if place is None or not COMMENT.match(lines[place]):
        return None
    line = prepare_line(COMMENT.sub("", lines[place], count=1), trial.separator)
    row = next(csv.reader([line], delimiter=trial.separator[0], skipinitialspace=True), [])
    return place if len(row) == trial.width and not any(map(is_number, row)) else None


def _has_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is names: texts only, or a text over numbers."""
    first, rest = rows[0], rows[1:]
    if not any(map(is_number, first)) or any(len(row) == len(first) + 1 for row in rest[:1]):
        return True
    return any(
        not is_number(cell) and not is_missing(cell) and any(is_number(row[at]) for row in rest if at < len(row))
        for at, cell in enumerate(first)
    )


def _has_units(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second row is units: a text or nothing in each column of numbers, and no word of another column."""
    if len(rows) < 4:
        return False
    units, rest = rows[1], rows[2:]
    has_unit = False
    for at, unit in enumerate(units):
        below = [row[at].strip() for row in rest if at < len(row)]
        if sum(map(is_number, below)) * 2 > len(below):
            if is_number(unit) or (unit.strip() and is_missing(unit)):
                return False
            has_unit = has_unit or bool(unit.strip())
        elif unit.strip() in below and unit.strip():
            return False
    return has_unit
