"""How people spell numbers, and what each spelling means: one table for everything that reads numbers.

Grid, paste, file, start weights, number box and link are held to the same answers. A cell stands alone, or beside
others of its column, which decide with it; `decimal` is what the visitor has said parts decimals, "" where nothing was
said. Where a way in has one cell only, the rows with `beside` do not concern it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from pages.reading.cells import Decimal

Meaning: TypeAlias = float | Literal["missing", "text", "ask"]
"""A number, nothing, something that is no number, or one of two numbers: then it is asked which."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text, what it stands beside, and what it means."""

    text: str
    meaning: Meaning
    beside: tuple[str, ...] = ()  # other cells of the same column
    decimal: Decimal = ""


NB, NARROW, THIN, MINUS = "\u00a0", "\u202f", "\u2009", "\u2212"

SPELLINGS: tuple[Spelling, ...] = (
    # as programs write numbers
    Spelling("7", 7.0),
    Spelling(" 7 ", 7.0),
    Spelling("-2", -2.0),
    Spelling("+3", 3.0),
    Spelling("0.15", 0.15),
    Spelling(".5", 0.5),
    Spelling("5.", 5.0),
    Spelling("007", 7.0),
    Spelling("2.104", 2.104),
    Spelling("1e-3", 0.001),
    Spelling("1.2E+06", 1_200_000.0),
    # decimal comma
    Spelling("0,15", 0.15),
    Spelling("0,150", 0.15),
    Spelling(",5", 0.5),
    Spelling("-1,5", -1.5),
    Spelling("1,2e-3", 0.0012),
    Spelling("12,3456", 12.3456),
    Spelling("0,15", "text", decimal="."),
    Spelling("0.15", "text", decimal=","),
    # thousands
    Spelling("1,234,567", 1_234_567.0),
    Spelling("1.234.567", 1_234_567.0),
    Spelling("1,234.5", 1_234.5),
    Spelling("1.234,5", 1_234.5),
    Spelling("1 250", 1_250.0),
    Spelling(f"1{NB}250,75", 1_250.75),
    Spelling(f"1{NARROW}250{NARROW}000", 1_250_000.0),
    Spelling(f"12{THIN}500.25", 12_500.25),
    Spelling("1'250", 1_250.0),
    Spelling("1\u2019250.50", 1_250.5),
    Spelling("1,00,000", 100_000.0),
    Spelling("12,34,567.89", 1_234_567.89),
    # one number or another
    Spelling("2,104", "ask"),
    Spelling("-2,104", "ask"),
    Spelling("2,104 %", "ask"),
    Spelling("1,459 €", "ask"),
    Spelling("2,104", 2_104.0, decimal="."),
    Spelling("2,104", 2.104, decimal=","),
    Spelling("2.104", 2_104.0, decimal=","),
    # a block decides together
    Spelling("2,104", 2_104.0, beside=("1,600", "852")),
    Spelling("2,104", 2_104.0, beside=("852",)),
    Spelling("2,104", 2_104.0, beside=("1.5",)),
    Spelling("2,104", 2_104.0, beside=("1,234,567",)),
    Spelling("2,104", 2_104.0, beside=("$900", "$1,200")),
    Spelling("1,600", "ask", beside=("0", "45")),
    Spelling("2,104", 2.104, beside=("0,15",)),
    Spelling("2,104", 2.104, beside=("1.234,5",)),
    Spelling("2,104", "ask", beside=("1,600", "3,120")),
    Spelling("2,104", "ask", beside=("1600",)),
    Spelling("2,104", "ask", beside=("0", "1")),
    Spelling("2,104", "ask", beside=("3.250",)),
    Spelling("2,104", "ask", beside=("0,5", "0.5")),
    Spelling("2.104", 2_104.0, beside=("0,15",)),
    Spelling("2.104", 2_104.0, beside=("1.234.567",)),
    Spelling("2.104", 2.104, beside=("0.5",)),
    Spelling("2.104", 2.104, beside=("3.250",)),
    Spelling("2.104", "ask", beside=("1.600", "852")),
    Spelling("2.104", 2.104, beside=("0,5", "0.5")),
    Spelling("0,5", 0.5, beside=("0.5",)),
    # per cent, money, fractions, brackets, powers
    Spelling("25%", 0.25),
    Spelling("12,5 %", 0.125),
    Spelling("-3%", -0.03),
    Spelling("5‰", 0.005),
    Spelling("$1,200", 1_200.0),
    Spelling("-$5.50", -5.5),
    Spelling("$-5.50", -5.5),
    Spelling("1.200 €", 1_200.0),
    Spelling("1.200,50 €", 1_200.5),
    Spelling("CHF 1'250", 1_250.0),
    Spelling("£3", 3.0),
    Spelling("12,50 kr", 12.5),
    Spelling("Rs. 1,00,000", 100_000.0),
    Spelling("R$ 1.234,50", 1_234.5),
    Spelling("1/3", 1 / 3),
    Spelling("-1/4", -0.25),
    Spelling("1 1/2", 1.5),
    Spelling("½", 0.5),
    Spelling("2¾", 2.75),
    Spelling("(1,200)", -1_200.0),
    Spelling("($5.50)", -5.5),
    Spelling("1·10^3", 1_000.0),
    Spelling("2,5 × 10\u207b\u00b3", 0.0025),
    Spelling("10^6", 1_000_000.0),
    # signs, and digits of other scripts
    Spelling(f"{MINUS}5", -5.0),
    Spelling("\u20135", -5.0),
    Spelling("- 5", -5.0),
    Spelling("\uff11\uff12", 12.0),
    Spelling("\u0663\u066b\u0665", 3.5),
    Spelling("\u0663,5", "text"),
    # nothing
    Spelling("", "missing"),
    Spelling("-", "missing"),
    Spelling("\u2013", "missing"),
    Spelling(".", "missing"),
    Spelling("n.a.", "missing"),
    Spelling("N/A", "missing"),
    Spelling("NA", "missing"),
    Spelling("NaN", "missing"),
    Spelling("null", "missing"),
    Spelling("None", "missing"),
    Spelling("?", "missing"),
    Spelling("missing", "missing"),
    Spelling("#DIV/0!", "missing"),
    Spelling("#WERT!", "missing"),
    Spelling("#N/A", "missing"),
    # no number
    Spelling("abc", "text"),
    Spelling("1.2.3", "text"),
    Spelling("1,23,4", "text"),
    Spelling("1 2", "text"),
    Spelling("--1", "text"),
    Spelling("1e", "text"),
    Spelling("0x10", "text"),
    Spelling("1_000", "text"),
    Spelling("inf", "text"),
    Spelling("12:30", "text"),
    Spelling("3/4/2024", "text"),
    Spelling("1/2024", "text"),
    Spelling("5 kg", "text"),
    Spelling("12\u00b9", "text"),
    Spelling("=1+1", "text"),
)
