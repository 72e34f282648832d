"""The text of a table, from the bytes of a file or from a paste; what is no text, or no table, is refused in words."""

import re

from engine import ExperimentError

MOST_MEGABYTES = 1
"""The largest file that is read: a thousand rows of a kilobyte each."""

CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CYRILLIC, ACCENT = re.compile(rb"[\xc0-\xff]{2}"), re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
"""Letters side by side in the Cyrillic code page of Windows, 1251; and one of 1252 beside a plain letter."""

WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|head|meta|body|table|\?xml)\b", re.IGNORECASE)
JSON_ROWS = re.compile(r'\s*(?:\[\s*\{|\{\s*")')
MATRIX = re.compile(
    r"\s*(?:[\w.]+ *= *)?(?:[\w.]+\(\s*)?"  # X = np.array(
    r"(\[[\[\s]*[-+.\d](?!(?s:.)*\.\.)[^A-DF-Za-df-z()]*\])"  # [[0, 1], [1, 0]]; one with ... in it is not whole
    r"[\s,;]*(?:dtype=[\w.]+)?[\s,;)]*"  # , dtype=float32)
)
"""A matrix as NumPy prints it, and as people type it in Python and MATLAB."""

OWN_FORMATS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets begin: .xlsx and .ods, and .xls."""


def file_error(message: str) -> ExperimentError:
    """What is wrong with a file."""
    return ExperimentError("file", message)


def decode_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and a note where its letters were guessed; ExperimentError where it is no text.

    UTF-8 and UTF-16 are told by themselves or by their mark; other letters are taken for those of Windows:
    for Cyrillic ones where they are words of their own, while accents stand among plain letters.
    """
    if len(data) > MOST_MEGABYTES * 2**20:
        raise file_error(f"The file has {len(data) / 2**20:,.1f} MB, at most {MOST_MEGABYTES} is read: use fewer rows.")
    if data.startswith(OWN_FORMATS):
        raise file_error(
            "This is a spreadsheet's own format, such as .xlsx, .xls or .ods: save it as CSV and open that."
        )
    notes: tuple[str, ...] = ()
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        else:
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                is_cyrillic = CYRILLIC.search(data) and not ACCENT.search(data)
                text = data.decode("cp1251" if is_cyrillic else "cp1252")
                letters = "Cyrillic ones of Windows" if is_cyrillic else "those of Windows"
                notes = (f"Its letters are not UTF-8 and were read as {letters}: look at names with accents.",)
    except UnicodeDecodeError:
        raise file_error("This is not text: save the table as CSV in UTF-8 and open that.") from None
    return clean_text(text), notes


def clean_text(text: str) -> str:
    """A text with plain ends of lines, or ExperimentError where it is no table, whether of a file or of a paste."""
    if len(text) > MOST_MEGABYTES * 2**20:
        raise file_error(f"{len(text):,} characters, at most {MOST_MEGABYTES * 2**20:,} are read: use fewer rows.")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if CONTROL_CHARACTER.search(text):
        raise file_error("This is not text: save the table as CSV in UTF-8 and open that.")
    if not text.strip():
        raise file_error("There is nothing in it.")
    if WEB_PAGE.match(text):
        raise file_error("This is a web page, not a table: copy the cells of the table alone, or save it as CSV.")
    return text


def unfold_table(text: str) -> str:
    """The lines of a table, where the text has it as a matrix of a program; JSON is refused in words."""
    if JSON_ROWS.match(text):
        raise file_error("This is JSON: save the table as CSV and open that.")
    matrix = MATRIX.fullmatch(text)
    return _matrix_lines(matrix[1]) if matrix else text


def _matrix_lines(matrix: str) -> str:
    """The rows of a matrix as lines, tabs between their cells.

    >>> _matrix_lines("[[0 1.5] [1 0]]"), _matrix_lines("[0, 1; 1, 0]")
    ('0\\t1.5\\n1\\t0', '0\\t1\\n1\\t0')
    """
    rows = re.split(r"\][\s,]*\[|;", matrix)
    return "\n".join("\t".join(re.split(r"[\s,]+", row.strip("[], \n\t"))) for row in rows)
