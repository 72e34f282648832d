"""State shared by all visitors is bounded and holds nothing they type; no module has mutable globals.

Each rule is a function of a path and a source that gives the offences in words; each is tried on a bad example too.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.rules import Rule, offences

CACHES = {"cache_data", "cache_resource", "cache", "lru_cache"}
CHANGES = {
    *("add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "popleft", "remove"),
    *("setdefault", "sort", "reverse", "update"),
}


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def bounded(path: Path, source: str) -> list[str]:
    """Every cache says how many entries it keeps."""
    tree = ast.parse(source)
    good = {
        id(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg in ("max_entries", "maxsize") and isinstance(word.value, ast.Constant) and word.value.value
    }
    return [
        f"{path}:{node.lineno} does not say how many entries it keeps"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name) and name_of(node) in CACHES and id(node) not in good
    ]


def kept_names(tree: ast.Module) -> set[str]:
    """The names that a module gives values to."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    targets = [t for node in assigned for t in (node.targets if isinstance(node, ast.Assign) else [node.target])]
    return {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}


def changed_names(function: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of whatever a function changes in place, but for what it made itself."""
    own = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
    for node in ast.walk(function):
        changed: ast.expr | None = None
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            changed = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            changed = node.func.value
        if isinstance(changed, ast.Name) and changed.id not in own:
            yield changed.lineno, changed.id


def nothing_kept(path: Path, source: str) -> list[str]:
    """No function gives a module's name another value, or changes it in place."""
    tree = ast.parse(source)
    kept = kept_names(tree)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    found = {place for function in functions for place in changed_names(function) if place[1] in kept}
    found |= {(node.lineno, name) for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    return [f"{path}:{line} changes {name}, which all visitors share" for line, name in sorted(found)]


@pytest.mark.parametrize("rule", [bounded, nothing_kept])
def test_rule_is_kept(rule: Rule) -> None:
    assert offences(rule) == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (bounded, "@st.cache_data\ndef f() -> None: ..."),
        (bounded, "@st.cache_resource(show_spinner=False)\ndef f() -> None: ..."),
        (bounded, "@st.cache_data(max_entries=None)\ndef f() -> None: ..."),
        (bounded, "@functools.cache\ndef f() -> None: ..."),
        (bounded, "@lru_cache(maxsize=None)\ndef f() -> None: ..."),
        (nothing_kept, "seen = []\ndef f(a: int) -> None:\n    seen.append(a)"),
        (nothing_kept, "SEEN: dict[str, int] = {}\ndef f(a: int) -> None:\n    SEEN['a'] = a"),
        (nothing_kept, "seen = 0\ndef f() -> None:\n    global seen\n    seen = 1"),
        (nothing_kept, "a = b()\ndef f() -> None:\n    a.last = 1"),
        (nothing_kept, "seen = set()\nf = lambda a: seen.add(a)"),
    ],
)
def test_rule_can_fail(rule: Rule, source: str) -> None:
    assert len(rule(Path("pages/a.py"), source)) == 1


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (bounded, "@st.cache_data(max_entries=3, show_spinner=False)\ndef f() -> None: ..."),
        (nothing_kept, "A = {}\ndef f() -> None:\n    a = {}\n    a['b'] = A"),
        (nothing_kept, "A = []\ndef f(a: list[int]) -> None:\n    a.append(1)"),
        (nothing_kept, "A = []\nA.append(1)"),
    ],
)
def test_rule_lets_the_good_pass(rule: Rule, source: str) -> None:
    assert rule(Path("pages/a.py"), source) == []
