"""Who may import whom: the rules that keep the house readable from the ground floor up.

Each rule is a function of a path and a source that gives the offences in words; each is tried on a bad example too.
"""

import sys
from pathlib import Path

import pytest

from tests.rules import ROOT, STUB, Rule, imports, offences, product_files, within

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
    "workshop": 3,
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


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring, or in the way to one; empty where there is none."""
    left = dict(graph)
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    return sorted(left)


@pytest.mark.parametrize("rule", [one_way, floors])
def test_rule_is_kept(rule: Rule) -> None:
    assert {layer_of(path) for path in product_files()} >= set(LAYERS)
    assert offences(rule) == []


def test_engine_has_no_import_cycle() -> None:
    files = list((ROOT / "engine").glob("*.py"))
    assert files
    assert cycle({path.stem: {name for _, name in engine_imports(path.read_text())} for path in files}) == []


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
        (floors, "engine/model/types.py", "from engine.model.network import init"),
        (floors, "engine/training/train.py", "from engine import History"),
        (floors, "engine/training/train.py", "import engine"),
        (floors, "engine/plan_adam.py", "from engine.training.history import record"),
        (floors, "engine/unheard_of.py", ""),
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
        (floors, "engine/training/train.py", "from engine.plan_adam import a\nfrom engine.model.network import init"),
    ],
)
def test_rule_lets_the_good_pass(rule: Rule, path: str, source: str) -> None:
    assert rule(Path(path), source) == []


def test_cycle_can_be_found() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]
    assert cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
