"""What a lesson says: the answer to its question, and words that its text has to have."""

from pages.widgets.learn.lessons import LESSONS


def answer(key: str) -> tuple[str, str]:
    return LESSONS[key].question.answer()


def claims(key: str, *parts: str) -> None:
    """The lesson's text says so, in these words."""
    for part in parts:
        assert part in LESSONS[key].text_with_facts()


def read(text: str) -> float:
    return float(text.replace(",", ""))
