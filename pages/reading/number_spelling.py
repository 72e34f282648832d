"""A number is spelled in many ways: 1,234.5 and 1.234,5, 25%, CHF 1'250, (1,200), 1/3, 1·10^3, a true minus sign.

A text is read twice, once as where a point parts decimals and once as where a comma does. Most texts mean the same both
times or are a number only once. A few, such as 2,104, are two numbers: the block that they stand in decides, or nobody.
"""

import re
import unicodedata
from typing import TypeGuard

LONGEST_NUMBER = 1_000
"""A longer text is no number, whatever is in it."""

FLOAT_LITERAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""A number as programs write it. It means the same to everybody, but for 1.234, which may be 1234."""

MISSING_WORDS = {"", "-", "--", "---", ".", "..", "...", "?", "n.a.", "n.a", "n/a", "na", "<na>", "nan", "nil"}
MISSING_WORDS |= {"null", "(null)", "none", "missing", "#n/a", "#nv", "\\n"}
"""How people and programs write that there is nothing; dashes of any kind count as "-", case does not count."""

ERROR_VALUE = re.compile(r"#(?:[^\W\d_]+/0|[^\W_]+)[!?]")
"""What spreadsheets write where a formula failed: #DIV/0!, #VALUE!, #NAME?, #WERT! and the like."""

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"
APOSTROPHES = "\u2018\u2019\u02bc\u066c\u00b4"
FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0xFFE1: "£", 0xFFE5: "¥"}
"""The wide signs of Chinese and Japanese text, and the plain ones."""

PLAIN_MARKS = str.maketrans(
    FULL_WIDTH
    | {
        **dict.fromkeys(map(ord, DASHES), "-"),
        **dict.fromkeys(map(ord, APOSTROPHES), "'"),
        **dict.fromkeys("\u200b\u200e\u200f\ufeff", ""),
        "\u066b": ".",
        "\u066a": "%",
        "\u2044": "/",
        "\u2026": "...",
        "\u00a1": "",
        "\u00d7": "*",
        "\u00b7": "*",
    }
)
"""What stands for a minus, an apostrophe or another mark, and that mark."""

RAISED = str.maketrans("\u207b\u207a\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "-+0123456789")
RAISED_POWER = re.compile("[\u207b\u207a\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+")
ONE_SIGN_FRACTION = re.compile("[\u00bc-\u00be\u2150-\u215e]")

CURRENCY = (
    r"[A-Z]{0,2}\$|[£€¥¢₿฿\u20a0-\u20bf]|S?Fr\.|SFr|Rs\.?|kr\.?|zł|Kč|"
    "USD|EUR|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|UAH|RUB|CAD|AUD|NZD|SGD|HKD|TWD|THB|IDR|MYR|PHP|"
    "VND|KRW|PKR|BRL|MXN|ARS|CLP|COP|PEN|ZAR|NGN|KES|EGP|MAD|TRY|ILS|AED|SAR|QAR"
)
"""Signs and short names of money, before a number or after it."""

CURRENCY_AFTER = r"Ft|lei|TL|\u0440\u0443\u0431\.?|[元円]"
"""Those that stand after a number only: TL1 is none."""

PARTS = {"": 0, "%": 2, "‰": 3}
"""What may stand by a number and is no money: nothing, per cent, per mille; and how far it moves the point."""

PRICE_DASH = re.compile(r"(?<=[0-9][.,])--?(?![-0-9])")
"""5.- and 5,-- are whole prices, with a dash where the cents would be."""

NO_MONEY = re.compile(rf"(?:{CURRENCY}) ?--?|--? ?(?:{CURRENCY}|{CURRENCY_AFTER})")
"""$ - is how spreadsheets write no money in columns of accounts."""

NUMBER = re.compile(
    rf"(?P<outer>{CURRENCY})? ?(?P<open>\()? ?(?P<sign>[+-])? ?(?P<before>%|{CURRENCY})? ?"
    r"(?P<body>[0-9.,'](?:[0-9.,' ]*[0-9.,])?)"
    rf"(?:[eE](?P<power>[+-]?[0-9]+))?(?P<last_sign>-)? ?(?P<after>%|‰|{CURRENCY}|{CURRENCY_AFTER})? ?(?P<close>\))?"
)
POWER_OF_TEN = re.compile(r"(?:(?P<times>.*?[0-9.,]) ?[*x] ?)?10 ?(?:\^|\*\*) ?(?P<power>[+-]?[0-9]+)(?P<rest>.*)")
FRACTION = re.compile(
    r"(?P<sign>[+-])? ?(?:(?P<whole>[1-9][0-9]{0,5}) )?(?P<over>0|[1-9][0-9]{0,3}) ?/ ?(?P<under>[1-9][0-9]{0,3})"
)
YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
"""1/2024 is a month, not a fraction."""


def _groups(mark: str) -> str:
    return rf"[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+"


INDIAN_GROUPS = r"[1-9][0-9]?(?:,[0-9][0-9])+,[0-9]{3}"
WHOLE_AND_DECIMALS = {
    ".": re.compile(rf"([0-9]+|{_groups(',')}|{INDIAN_GROUPS}|{_groups(' ')}|{_groups(chr(39))})?(?:\.([0-9]*))?"),
    ",": re.compile(rf"([0-9]+|{_groups('[.]')}|{_groups(' ')}|{_groups(chr(39))})?(?:,([0-9]*))?"),
}
"""The digits of a number where this mark parts decimals: the other mark, a blank or an apostrophe parts thousands."""

POINT_GROUPS = re.compile(rf"[+-]?{_groups('[.]')}")

Meanings = tuple[float | None, float | None]
"""The number where a point parts decimals, and where a comma does; None where it is none."""


def number_meanings(text: str) -> Meanings:
    """What a text means as a number, for either decimal mark; per cent are hundredths.

    >>> number_meanings("2,104"), number_meanings("0,15"), number_meanings("25%"), number_meanings("ten")
    ((2104.0, 2.104), (None, 0.15), (0.25, 0.25), (None, None))
    """
    text = text.strip()
    if len(text) > LONGEST_NUMBER:
        return None, None
    if FLOAT_LITERAL.fullmatch(text):  # as most are
        value = float(text)
        if "." not in text:
            return value, value
        return value, float(text.replace(".", "")) if POINT_GROUPS.fullmatch(text) else None
    text = plain_marks(text)
    if match := FRACTION.fullmatch(text):
        fraction = _fraction(match)
        return fraction, fraction
    if match := POWER_OF_TEN.fullmatch(text):
        text = f"{match['times'] or 1}e{match['power']}{match['rest']}"
    if NO_MONEY.fullmatch(text):
        return 0.0, 0.0
    match = NUMBER.fullmatch(PRICE_DASH.sub("00", text))
    return _both_meanings(match) if match else (None, None)


def is_doubtful(meanings: Meanings) -> TypeGuard[tuple[float, float]]:
    """Whether a text is two different numbers."""
    point, comma = meanings
    return point is not None and comma is not None and point != comma


def is_missing(text: str) -> bool:
    """Whether a text says that there is nothing."""
    plain = plain_marks(text).lower()
    return plain in MISSING_WORDS or (plain.startswith("#") and ERROR_VALUE.fullmatch(plain) is not None)


def plain_marks(text: str) -> str:
    """The text with plain signs for all that mean the same, single blanks, and digits of one other script as ours."""
    if not text.isascii():
        text = RAISED_POWER.sub(lambda power: f"^{power[0].translate(RAISED)}", text.translate(PLAIN_MARKS))
        text = ONE_SIGN_FRACTION.sub(lambda sign: f" {unicodedata.normalize('NFKC', sign[0])}", text)
        text = text.replace("^^", "^").replace("\u2044", "/")
        zeros = {ord(sign) - unicodedata.decimal(sign) for sign in text if sign.isdecimal()}
        if len(zeros) == 1 and zeros != {ord("0")}:
            text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return " ".join(text.split())


def _fraction(match: re.Match[str]) -> float | None:
    over, under = int(match["over"]), int(match["under"])
    if YEAR.fullmatch(match["under"]) or (match["whole"] and over >= under):
        return None
    value = (int(match["whole"] or 0) * under + over) / under
    return -value if match["sign"] == "-" else value


def _both_meanings(match: re.Match[str]) -> Meanings:
    """The two readings of a number with its sign, currency, brackets or per cent."""
    brackets = match["open"] is not None
    signs = (match["sign"] or "") + "-" * brackets + (match["last_sign"] or "")
    mark, *more = [match[name] for name in ("outer", "before", "after") if match[name]] or [""]
    if brackets != (match["close"] is not None) or len(signs) > 1 or more:
        return None, None
    if match["last_sign"] and len(match["body"]) == 1:  # 2- is a mark at school, 5.20- is -5.20 in bookkeeping
        return None, None
    sign = "-" if signs == "-" else ""
    power = int(match["power"] or 0) - PARTS.get(mark, 0)
    has_power = match["power"] is not None
    point, comma = (_value(match["body"], decimal, sign, power, has_power) for decimal in ".,")
    if point is not None and comma is not None and point != comma:  # 1,200 or 1.200: money has no thousandths
        is_money = mark not in PARTS
        if "," in match["body"] and (brackets or (is_money and not match["after"])):
            return point, None
        if "." in match["body"] and is_money and match["after"]:
            return None, comma
    return point, comma


def _value(body: str, decimal: str, sign: str, power: int, has_power: bool) -> float | None:
    match = WHOLE_AND_DECIMALS[decimal].fullmatch(body)
    if match is None or not (match[1] or match[2]):
        return None
    whole = match[1] or "0"
    if not whole.isdigit():
        if has_power:
            return None
        whole = re.sub("[^0-9]", "", whole)
    return float(f"{sign}{whole}.{match[2] or 0}e{power}")
