"""Who may import whom, and what may lie where: the rules that keep the house readable from the ground floor up.

Each rule is a function of a path and a source that gives the offences in words; each is tried on a bad example too.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
Rule = Callable[[Path, str], list[str]]

OURS = ("engine", "pages", "streamlit_app", "tests")
LAYERS: dict[str, tuple[str, ...]] = {
    "engine": ("engine",),
    "pages/charts": ("pages.charts", "engine"),
    "pages/widgets": ("pages.widgets", "pages.charts", "engine"),
    "pages/views": ("pages.widgets", "pages.charts", "engine"),
}
FLOORS: dict[str, int] = {
    "arrays": 0,
    "checks": 0,
    "tables": 0,
    "activations": 0,
    "losses": 0,
    "initializers": 0,
    "optimizers": 0,
    "experiment": 1,
    "network": 1,
    "plan": 2,
    "updates": 2,
    "training": 2,
    "datasets": 2,
    "codec": 2,
    "document": 2,
    "explain": 2,
    "source": 2,
    "loop": 2,
    "start": 2,
    "history": 3,
    "measures": 3,
    "comparison": 3,
    "rounding": 3,
    "differences": 3,
    "verify": 3,
    "parts": 3,
    "script": 3,
    "printout": 3,
    "notebook": 3,
    "pytorch": 3,
    "keras": 3,
    "slopes": 3,
    "sweep": 3,
    "parting": 3,
    "separable": 3,
    "wording": 3,
    "changes": 3,
    "remedies": 3,
    "contradictions": 3,
    "hurdles": 3,
    "rates": 3,
    "symptoms": 3,
    "diagnosis": 3,
    "__init__": 4,
}
STATEFUL = {"session_state", "cache_data", "cache_resource", "fragment"}


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported, in functions too; a relative import begins with a dot."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def layer_of(path: Path) -> str | None:
    return next((layer for layer in LAYERS if path.is_relative_to(layer)), None)


def one_way(path: Path, source: str) -> list[str]:
    """views -> widgets -> charts -> engine, never back; charts know no Streamlit, the engine nothing but NumPy."""
    layer = layer_of(path)
    found = []
    for line, name in imports(source):
        top = name.split(".")[0]
        if not top:
            found.append(f"{path}:{line} imports {name}: write the name in full")
        elif top == "tests" or (layer and top in OURS and not any(within(name, p) for p in LAYERS[layer])):
            found.append(f"{path}:{line} imports {name}, which lies above or beside {layer}")
        elif layer == "pages/charts" and top == "streamlit":
            found.append(f"{path}:{line} imports {name}: a chart must not know who shows it")
        elif layer == "engine" and top not in {"engine", "numpy"} and top not in sys.stdlib_module_names:
            found.append(f"{path}:{line} imports {name}: the engine is NumPy and the standard library")
    return found


def floor(module: str) -> int | None:
    """The floor of a module of the engine; a part split off from the plan, plan_x, lives with it."""
    return FLOORS.get("plan" if module.startswith("plan_") else module)


def engine_imports(source: str) -> list[tuple[int, str]]:
    """Line and module name of what a file takes from the engine; `from engine import train` counts as `__init__`."""
    parts = [(line, name.split(".")) for line, name in imports(source) if within(name, "engine")]
    return [
        (line, part[1] if len(part) > 2 or (len(part) > 1 and floor(part[1]) is not None) else "__init__")
        for line, part in parts
    ]


def floors(path: Path, source: str) -> list[str]:
    """A file of the engine imports from its own floor or from one below."""
    if not path.is_relative_to("engine"):
        return []
    own = floor(path.stem)
    if own is None:
        return [f"{path} has no floor: give it one in FLOORS"]
    return [
        f"{path}:{line} imports {module}, which is above floor {own}"
        for line, module in engine_imports(source)
        if (floor(module) or 0) > own  # a file without a floor is an offence of its own
    ]


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
    """JavaScript moves the stage, lights up the matrices and hears a teacher's keys; nothing else needs any."""
    if path in {Path(f"pages/widgets/{name}.py") for name in ("player", "matrices", "projector")}:
        return []
    scripts = [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr == "components")
        or (isinstance(node, ast.keyword) and node.arg == "unsafe_allow_javascript")
    ]
    return [
        f"{path}:{line} brings JavaScript: the player, the matrices and the projector have all of it"
        for line in scripts
    ]


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring, or in the way to one; empty where there is none."""
    left = dict(graph)
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    return sorted(left)


def product_files() -> list[Path]:
    folders = [path for folder in ("engine", "pages") for path in (ROOT / folder).rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in [*folders, ROOT / "streamlit_app.py"])


@pytest.mark.parametrize("rule", [one_way, floors, state_at_home, stubs_only, few_scripts])
def test_rule_is_kept(rule: Rule) -> None:
    files = product_files()
    assert {layer_of(path) for path in files} >= set(LAYERS)
    assert [offence for path in files for offence in rule(path, (ROOT / path).read_text())] == []


def test_engine_has_no_import_cycle() -> None:
    files = list((ROOT / "engine").glob("*.py"))
    assert files
    assert cycle({path.stem: {name for _, name in engine_imports(path.read_text())} for path in files}) == []


def test_every_stub_has_its_view() -> None:
    stubs = {path.name for path in (ROOT / "pages").glob("*.py")} - {"__init__.py"}
    assert stubs <= {path.name for path in (ROOT / "pages/views").glob("*.py")}


STUB = '"""A page."""\nfrom streamlit_app import main\n\nmain()\n'


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (one_way, "engine/a.py", "import pandas"),
        (one_way, "engine/a.py", "from pages.charts import b"),
        (one_way, "engine/a.py", "def f() -> None:\n    import streamlit"),
        (one_way, "engine/a.py", "from . import b"),
        (one_way, "pages/charts/a.py", "from streamlit import markdown"),
        (one_way, "pages/charts/a.py", "from pages import widgets"),
        (one_way, "pages/widgets/a.py", "import pages.views.b"),
        (one_way, "pages/views/a.py", "from pages.views.b import c"),
        (one_way, "pages/views/a.py", "from streamlit_app import main"),
        (one_way, "streamlit_app.py", "from tests.engine import a"),
        (floors, "engine/arrays.py", "from engine.network import init"),
        (floors, "engine/training.py", "from engine import History"),
        (floors, "engine/training.py", "import engine"),
        (floors, "engine/plan_adam.py", "from engine.history import record"),
        (floors, "engine/unheard_of.py", ""),
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
        (one_way, "engine/a.py", "import math\nfrom numpy.random import RandomState\nfrom engine.b import c"),
        (one_way, "pages/charts/a.py", "import plotly.graph_objects as go\nfrom engine import History"),
        (
            one_way,
            "pages/views/a.py",
            "import streamlit as st\nfrom pages.widgets import a\nfrom pages.charts import b",
        ),
        (one_way, "pages/a.py", STUB),
        (floors, "engine/training.py", "from engine.plan_adam import a\nfrom engine.network import init"),
        (state_at_home, "pages/widgets/a.py", "import streamlit as st\nst.session_state['a'] = 1"),
        (state_at_home, "pages/views/a.py", "part = url.fragment"),
        (stubs_only, "pages/a.py", STUB),
        (stubs_only, "pages/views/a.py", "print(1)"),
        (stubs_only, "pages/__init__.py", ""),
        (few_scripts, "pages/widgets/player.py", "st.components.v2.component('a', js='b')"),
        (few_scripts, "pages/widgets/a.py", "st.html('a')"),
    ],
)
def test_rule_lets_the_good_pass(rule: Rule, path: str, source: str) -> None:
    assert rule(Path(path), source) == []


def test_cycle_can_be_found() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]
    assert cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
