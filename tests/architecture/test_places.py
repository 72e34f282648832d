"""Where session state, caches, page stubs and JavaScript may be, and how long modules and folders may be.

Each rule is a function of a path and a source that gives the offences in words; each is tried on a bad example too.
"""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.rules import ROOT, STUB, Rule, imports, offences, product_files, within

HOMES: dict[str, tuple[str, ...]] = {
    "session_state": ("pages/state",),
    "cache_data": ("pages/widgets",),
    "cache_resource": ("pages/widgets",),
    "fragment": ("pages/widgets", "pages/private_api"),
}
"""Where each of Streamlit's ways of keeping something may be used."""

MOST_LINES, MOST_MODULES = 220, 16


def remembers_at_home(path: Path, source: str) -> list[str]:
    """Session state is used in pages/state alone, caches of what is drawn where it is drawn."""
    tree = ast.parse(source)
    names = {"st", "streamlit"}
    imported = [alias for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names |= {alias.asname for alias in imported if alias.asname and alias.name == "streamlit"}
    uses = [
        (node.lineno, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in names and node.attr in HOMES
    ]
    for line, name in imports(source):
        module, _, last = name.rpartition(".")
        if within(module, "streamlit") and last in HOMES:
            uses.append((line, last))
    return [
        f"{path}:{line} uses {name}: its home is {HOMES[name][0]}"
        for line, name in uses
        if not any(path.is_relative_to(home) for home in HOMES[name])
    ]


def stubs_only(path: Path, source: str) -> list[str]:
    """Streamlit takes pages/*.py for pages of its older API, so each of them only calls the entry script."""
    if path.parent != Path("pages"):
        return []
    body = ast.parse(source).body
    described = bool(body) and ast.get_docstring(ast.Module(body, [])) is not None
    rest = [ast.unparse(node) for node in body[described:]]
    if path.name == "__init__.py":
        return [f"{path} holds code"] if rest else []
    if described and rest == ["from streamlit_app import main", "main()"]:
        return []
    return [f"{path} is not a stub: a docstring, `from streamlit_app import main` and `main()`"]


SCRIPTED = {
    "pages/widgets/player/player.py",
    "pages/widgets/player/pictures.py",
    "pages/widgets/step_by_step/matrices.py",
    "pages/widgets/frame/projector.py",
    "pages/widgets/frame/colors.py",
    "pages/widgets/surface/clicks.py",
    "pages/widgets/frame/tab_storage_component.py",
    "pages/widgets/frame/tab_component.py",
    "pages/widgets/learn/contents.py",
}


def few_scripts(path: Path, source: str) -> list[str]:
    """JavaScript moves charts, draws pictures, lights up matrices, hears a teacher's keys, keeps what is too large."""
    if path.as_posix() in SCRIPTED:
        return []
    scripts = [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr == "components")
        or (isinstance(node, ast.keyword) and node.arg == "unsafe_allow_javascript")
    ]
    return [f"{path}:{line} brings JavaScript, which is not among those that may" for line in scripts]


def set_by_name(path: Path, source: str) -> list[str]:
    """Nothing is changed by a name in quotes: `setattr(visit, "row", 1)` is found by no search for `row`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [
        node.lineno
        for node in calls
        for part in (node.func, *node.args)
        if isinstance(part, ast.Name) and part.id == "setattr"
    ]
    return [f"{path}:{line} changes something by a name in quotes" for line in named]


def short_enough(path: Path, source: str) -> list[str]:
    """A module can be read in one go."""
    lines = source.count("\n")
    return [f"{path} has {lines} lines"] if lines > MOST_LINES else []


def test_every_script_that_may_be_is_there() -> None:
    assert {path for path in SCRIPTED if not (ROOT / path).exists()} == set()


def test_no_folder_holds_more_than_can_be_seen_at_once() -> None:
    counts = Counter(path.parent.as_posix() for path in product_files() if path.name != "__init__.py")
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_every_stub_has_its_view() -> None:
    stubs = {path.name for path in (ROOT / "pages").glob("*.py")} - {"__init__.py"}
    assert stubs <= {path.name for path in (ROOT / "pages/views").glob("*.py")}


@pytest.mark.parametrize("rule", [remembers_at_home, stubs_only, few_scripts, set_by_name, short_enough])
def test_rule_is_kept(rule: Rule) -> None:
    assert offences(rule) == []


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (remembers_at_home, "pages/widgets/a.py", "import streamlit as st\nst.session_state['a'] = 1"),
        (remembers_at_home, "pages/views/a.py", "import streamlit as s\n@s.fragment\ndef f() -> None: ..."),
        (remembers_at_home, "pages/charts/a.py", "from streamlit import cache_data"),
        (set_by_name, "pages/a.py", "partial(setattr, visit, 'row', 1)"),
        (set_by_name, "pages/a.py", "setattr(visit, 'row', 1)"),
        (short_enough, "pages/a.py", "a = 1\n" * 221),
        (stubs_only, "pages/a.py", "from streamlit_app import main\nmain()"),
        (stubs_only, "pages/a.py", f"{STUB}print(1)"),
        (stubs_only, "pages/a.py", ""),
        (stubs_only, "pages/__init__.py", "a = 1"),
        (few_scripts, "pages/widgets/a.py", "import streamlit as st\nst.components.v2.component('a', js='b')"),
        (few_scripts, "pages/widgets/a.py", "st.html('a', unsafe_allow_javascript=True)"),
    ],
)
def test_rule_can_fail(rule: Rule, path: str, source: str) -> None:
    assert len(rule(Path(path), source)) == 1


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (remembers_at_home, "pages/state/a.py", "import streamlit as st\nst.session_state['a'] = 1"),
        (remembers_at_home, "pages/views/a.py", "part = url.fragment"),
        (set_by_name, "engine/a.py", "object.__setattr__(self, 'a', 1)"),
        (stubs_only, "pages/a.py", STUB),
        (stubs_only, "pages/views/a.py", "print(1)"),
        (stubs_only, "pages/__init__.py", ""),
        (few_scripts, "pages/widgets/player/player.py", "st.components.v2.component('a', js='b')"),
        (few_scripts, "pages/widgets/a.py", "st.html('a')"),
    ],
)
def test_rule_lets_the_good_pass(rule: Rule, path: str, source: str) -> None:
    assert rule(Path(path), source) == []
