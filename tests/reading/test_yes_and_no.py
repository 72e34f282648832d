"""Of two words the one for yes is 1, in many languages, and spellings of yes and no are two words."""

import pytest

from pages.reading.sheets.column_values import ordered_words
from pages.reading.sheets.columns import Column
from tests.reading.sheets import open_sheet


@pytest.mark.parametrize(
    ("words", "ordered"),
    [
        ("yes no", "no yes"),
        ("T F", "F T"),
        ("Ja nein", "nein Ja"),
        ("oui non", "non oui"),
        ("sí no", "no sí"),
        ("wahr falsch", "falsch wahr"),
        ("да нет", "нет да"),
        ("win loss", "loss win"),
        ("da nu", "nu da"),
        ("\u03bd\u03b1\u03b9 όχι", "όχι \u03bd\u03b1\u03b9"),
        ("כן לא", "לא כן"),
        ("✓ ✗", "✗ ✓"),
        ("high low", "low high"),
        ("+ -", "- +"),
        ("red blue", "blue red"),
        ("m f", "f m"),
        ("open closed", "closed open"),
    ],
)
def test_of_two_words_yes_is_1_or_else_the_later_one(words: str, ordered: str) -> None:
    for order in (1, -1):
        column = Column("a", (), tuple(words.split()[::order]))
        assert ordered_words(column) == tuple(ordered.split())


def test_yes_and_no_are_two_words_however_they_are_spelled() -> None:
    sheet = open_sheet("size,ripe\n1,sì\n2,no\n3,si\n4,N\n".encode())
    assert sheet.columns[1].words == ("sì", "no")
    assert sheet.notes == ("Column ripe: si counts as sì, N counts as no.",)
    for words in (("yes", "no", "maybe"), ("T", "F", "N"), ("yes", "ja", "oui")):
        rows = "".join(f"{n},{word}\n" for n, word in enumerate(words))
        assert open_sheet(f"size,ripe\n{rows}".encode()).columns[1].words == words
