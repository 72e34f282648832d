"""No word that a visitor reads makes a person of the network: pupils take it at its word (Waite 2025).

A network learns, which is the field's term; it does not know, want or blame. The rule is tried on bad examples too.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.rules import ROOT, offences

PERSON = re.compile(
    r"\b(blam\w+|sure|surer|wants|knows|thinks|believes|feels|hopes|guesses|surpris\w+|finds out|by heart)\b", re.I
)
PARTS = "row|column|unit|neuron|layer|sample"
TELEGRAPHIC = re.compile(rf"\ba ({PARTS}) a ({PARTS})\b|\bdrawn:")


def person_words(path: Path, source: str) -> list[str]:
    """Texts in the source, docstrings aside, with a word for persons, or in the English of telegrams."""
    tree = ast.parse(source)
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described
    )
    return [
        f"{path}:{text.lineno} has “{match[0]}”"
        for text in texts
        for pattern in (PERSON, TELEGRAPHIC)
        if (match := pattern.search(str(text.value)))
    ]


def test_rule_is_kept() -> None:
    assert offences(person_words) == []
    pages = [path for folder in ("pages", "deploy") for path in (ROOT / folder).rglob("*.html")]
    assert len(pages) > 2
    assert [path.name for path in pages if PERSON.search(re.sub(r"//.*", "", path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    "words", ["The neuron knows.", "more of the blame", "makes the answers surer", "X, a row a sample", "drawn: all"]
)
def test_rule_can_fail(words: str) -> None:
    assert len(person_words(Path("pages/a.py"), f"a = '{words}'")) == 1
    assert len(person_words(Path("pages/a.py"), f"a = f'{{b}} {words}'")) == 1


@pytest.mark.parametrize("source", ['"""A neuron that knows."""', "measure = 'a measured answer that is wanted'"])
def test_rule_lets_the_good_pass(source: str) -> None:
    assert person_words(Path("pages/a.py"), source) == []
