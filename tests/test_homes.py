"""What may lie where: session state and caches in the widgets, stubs for old pages, JavaScript in three files.

Each rule is a function of a path and a source that gives the offences in words; each is tried on a bad example too.
"""

import ast
from pathlib import Path

import pytest

from tests.rules import ROOT, STUB, Rule, imports, offences, within

STATEFUL = {"session_state", "cache_data", "cache_resource", "fragment"}


def state_at_home(path: Path, source: str) -> list[str]:
    """Session state, caches and fragments live in pages/widgets and in the frame."""
    if path.is_relative_to("pages/widgets") or path == Path("streamlit_app.py"):
        return []
    tree = ast.parse(source)
    names = {"st", "streamlit"}
    imported = [alias for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names |= {alias.asname for alias in imported if alias.asname and alias.name == "streamlit"}
    found = [
        (node.lineno, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in names and node.attr in STATEFUL
    ]
    for line, name in imports(source):
        module, _, last = name.rpartition(".")
        if within(module, "streamlit") and last in STATEFUL:
            found.append((line, last))
    return [f"{path}:{line} uses {name}: its home is pages/widgets" for line, name in found]


def stubs_only(path: Path, source: str) -> list[str]:
    """Streamlit takes pages/*.py for pages of its old kind, so each only hands over to the frame."""
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


def few_scripts(path: Path, source: str) -> list[str]:
    """JavaScript moves the stage, lights up the matrices, hears a teacher's keys and keeps what is too large."""
    if path in {Path(f"pages/widgets/{name}.py") for name in ("player", "matrices", "projector", "keeping")}:
        return []
    scripts = [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr == "components")
        or (isinstance(node, ast.keyword) and node.arg == "unsafe_allow_javascript")
    ]
    return [
        f"{path}:{line} brings JavaScript: the player, the matrices, the projector and the tab's keeping have all of it"
        for line in scripts
    ]


def test_every_stub_has_its_view() -> None:
    stubs = {path.name for path in (ROOT / "pages").glob("*.py")} - {"__init__.py"}
    assert stubs <= {path.name for path in (ROOT / "pages/views").glob("*.py")}


@pytest.mark.parametrize("rule", [state_at_home, stubs_only, few_scripts])
def test_rule_is_kept(rule: Rule) -> None:
    assert offences(rule) == []


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (state_at_home, "pages/views/a.py", "import streamlit as st\nst.session_state['a'] = 1"),
        (state_at_home, "pages/views/a.py", "import streamlit as s\n@s.fragment\ndef f() -> None: ..."),
        (state_at_home, "pages/charts/a.py", "from streamlit import cache_data"),
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
        (state_at_home, "pages/widgets/a.py", "import streamlit as st\nst.session_state['a'] = 1"),
        (state_at_home, "pages/views/a.py", "part = url.fragment"),
        (stubs_only, "pages/a.py", STUB),
        (stubs_only, "pages/views/a.py", "print(1)"),
        (stubs_only, "pages/__init__.py", ""),
        (few_scripts, "pages/widgets/player/player.py", "st.components.v2.component('a', js='b')"),
        (few_scripts, "pages/widgets/a.py", "st.html('a')"),
    ],
)
def test_rule_lets_the_good_pass(rule: Rule, path: str, source: str) -> None:
    assert rule(Path(path), source) == []
