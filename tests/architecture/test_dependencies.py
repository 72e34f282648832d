"""Which package may import which, one line each. A rule is a function of a path and a source, with bad examples."""

import sys
from pathlib import Path

import pytest

from tests.architecture.rules import ROOT, STUB, Rule, imports, offences, product_files, within

ENGINE = (
    "engine.model",
    "engine.data",
    "engine.training",
    "engine.stacks",
    "engine.serialization",
    "engine.explanation",
)
CHARTS = tuple(
    f"pages.charts.{name}" for name in ("style", "history", "canvas", "activations", "update", "comparison", "surface")
)
BELOW_WIDGETS = ("engine", *CHARTS, "pages.private_api", "pages.reading", "pages.server", "pages.state")
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "engine.model.validation": (),
    "engine.model.plan": ("engine.model.validation",),
    "engine.model.formulas": ("engine.model.validation",),
    "engine.model": ("engine.model.validation", "engine.model.plan", "engine.model.formulas"),
    "engine.data": ("engine.model",),
    "engine.training": ("engine.model",),
    "engine.stacks": ("engine.model", "engine.training"),
    "engine.comparison": ("engine.model", "engine.training", "engine.stacks"),
    "engine.serialization": ("engine.model",),
    "engine.explanation": ("engine.model", "engine.training"),
    "engine.diagnosis": ("engine.model", "engine.training", "engine.explanation"),
    "engine.export": ("engine.model", "engine.training"),
    "engine": ENGINE,
    "pages.private_api": (),
    "pages.reading": ("engine",),
    "pages.reading.pictures": ("engine", "pages.reading"),
    "pages.reading.sheets": ("engine", "pages.reading"),
    "pages.charts.style": ("engine",),
    "pages.charts.history": ("engine", "pages.charts.style"),
    "pages.charts.canvas": ("engine", "pages.charts.style"),
    "pages.charts.activations": ("engine", "pages.charts.style"),
    "pages.charts.update": ("engine", "pages.charts.style"),
    "pages.charts.comparison": ("engine", "pages.charts.style", "pages.charts.history"),
    "pages.charts.surface": ("engine", "pages.charts.style"),
    "pages.state": ("engine", "pages.charts.style", "pages.reading"),
    "pages.server": ("engine", "pages.private_api"),
    "pages.state.comparison": ("engine", "pages.reading", "pages.server", "pages.state"),
    "pages.widgets.frame": BELOW_WIDGETS,
    "pages.widgets.player": (*BELOW_WIDGETS, "pages.widgets.frame"),
    "pages.widgets.files": (*BELOW_WIDGETS, "pages.widgets.frame"),
    "pages.widgets.settings": (*BELOW_WIDGETS, "pages.widgets.frame"),
    "pages.widgets.table": (*BELOW_WIDGETS, *(f"pages.widgets.{name}" for name in ("frame", "files", "settings"))),
    "pages.widgets.compare": (*BELOW_WIDGETS, "pages.widgets.frame", "pages.widgets.player"),
    "pages.widgets.surface": (*BELOW_WIDGETS, *(f"pages.widgets.{name}" for name in ("frame", "player", "settings"))),
    "pages.widgets.sweep": (*BELOW_WIDGETS, "pages.widgets.frame", "pages.widgets.settings"),
    "pages.widgets.playground": (
        *BELOW_WIDGETS,
        *(f"pages.widgets.{name}" for name in ("frame", "player", "files", "settings", "table", "sweep", "compare")),
    ),
    "pages.widgets.step_by_step": (*BELOW_WIDGETS, "pages.widgets.frame", "pages.widgets.player"),
    "pages.widgets.activations": (*BELOW_WIDGETS, "pages.widgets.frame", "pages.widgets.player"),
    "pages.widgets.learn.lessons": BELOW_WIDGETS,
    "pages.widgets.learn": (
        *BELOW_WIDGETS,
        *(f"pages.widgets.{name}" for name in ("frame", "player", "activations", "learn.lessons")),
    ),
    "pages.widgets.export": (*BELOW_WIDGETS, "pages.widgets.frame", "pages.widgets.player"),
    "pages.views": ("pages.widgets",),
    "pages": ("streamlit_app",),
    "streamlit_app": (
        *("pages.private_api", "pages.server", "pages.state"),
        *(f"pages.widgets.{name}" for name in ("frame", "playground", "table")),
    ),
}
"""What of ours each package may import besides itself; `engine` alone is all of the engine."""

STREAMLIT_FREE = ("pages.charts", "pages.reading", "pages.server")
OURS = ("engine", "pages", "streamlit_app")


def package_of(module: str) -> str:
    """The package that a module, or a name in it, belongs to: the longest one of the table."""
    return max((package for package in MAY_IMPORT if within(module, package)), key=len, default="")


def imports_allowed_packages(path: Path, source: str) -> list[str]:
    """A package imports what its line in the table names, in full, and nothing else of ours."""
    package = package_of(".".join(path.with_suffix("").parts))
    wrong = []
    for line, name in imports(source):
        if not name.split(".")[0]:
            wrong.append(f"{path}:{line} imports {name}: write the name in full")
        elif within(name, "tests"):
            wrong.append(f"{path}:{line} imports {name}: the product knows nothing of its tests")
        elif name.split(".")[0] in OURS and not may_import(package, name):
            wrong.append(f"{path}:{line} imports {name}, which {package or 'a package without a line'} may not")
    return wrong


def may_import(package: str, name: str) -> bool:
    """Whether a package may import a module or a name of ours."""
    if package_of(name) == package:
        return True
    return any(within(name, other) for other in MAY_IMPORT.get(package, ()))


def imports_known_libraries(path: Path, source: str) -> list[str]:
    """The engine imports NumPy and the standard library alone; charts, readers and the server no Streamlit."""
    module, wrong = ".".join(path.with_suffix("").parts), []
    for line, name in imports(source):
        top = name.split(".")[0]
        if within(module, "engine") and top not in {"", "engine", "numpy"} and top not in sys.stdlib_module_names:
            wrong.append(f"{path}:{line} imports {name}: the engine is NumPy and the standard library")
        if top == "streamlit" and any(within(module, package) for package in STREAMLIT_FREE):
            wrong.append(f"{path}:{line} imports {name}: this is written without Streamlit")
    return wrong


def import_graph() -> dict[str, set[str]]:
    """Every module of ours with those that it imports."""
    modules = {".".join(path.with_suffix("").parts): path for path in product_files()}
    packages = {name.removesuffix(".__init__"): name for name in modules if name.endswith(".__init__")}
    graph: dict[str, set[str]] = {}
    for module, path in modules.items():
        needs = set()
        for _, name in imports((ROOT / path).read_text()):
            for candidate in (name, name.rpartition(".")[0]):
                if candidate in modules or candidate in packages:
                    needs.add(packages.get(candidate, candidate))
                    break
        graph[module] = needs - {module}
    return graph


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring, or in the way to one; empty where there is none."""
    left = dict(graph)
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    return sorted(left)


@pytest.mark.parametrize("rule", [imports_allowed_packages, imports_known_libraries])
def test_rule_is_kept(rule: Rule) -> None:
    assert offences(rule) == []


def test_every_package_has_a_line_and_every_line_a_package() -> None:
    folders = {".".join(path.parent.parts) for path in product_files() if path.parent.parts}
    containers = {"pages.charts", "pages.widgets"}
    assert folders - containers == set(MAY_IMPORT) - {"streamlit_app"}


def test_no_module_imports_itself_on_a_way_round() -> None:
    graph = import_graph()
    assert len(graph) > 150
    assert sum(map(len, graph.values())) > 500
    assert cycle(graph) == []


def test_packages_are_in_the_order_of_the_table() -> None:
    """A line names only packages above it, so that the table can be read from the top."""
    order = list(MAY_IMPORT)
    for package, others in MAY_IMPORT.items():
        if package != "pages":  # the stubs hand over to the frame
            later = [other for other in others if other in order and order.index(other) > order.index(package)]
            assert later == [], package


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (imports_known_libraries, "engine/model/a.py", "import pandas"),
        (imports_known_libraries, "engine/model/a.py", "def f() -> None:\n    import streamlit"),
        (imports_known_libraries, "pages/charts/style/a.py", "from streamlit import markdown"),
        (imports_known_libraries, "pages/reading/a.py", "import streamlit as st"),
        (imports_allowed_packages, "engine/model/a.py", "from pages.charts.style import b"),
        (imports_allowed_packages, "engine/model/a.py", "from . import b"),
        (imports_allowed_packages, "engine/model/a.py", "from engine.training.train import train"),
        (imports_allowed_packages, "engine/training/a.py", "from engine import History"),
        (imports_allowed_packages, "engine/unheard_of/a.py", "from pages.charts.style import b"),
        (imports_allowed_packages, "pages/charts/style/a.py", "from pages.charts.history import b"),
        (imports_allowed_packages, "pages/charts/history/a.py", "from pages.state.visit import Visit"),
        (imports_allowed_packages, "pages/widgets/frame/a.py", "import pages.views.b"),
        (imports_allowed_packages, "pages/widgets/player/a.py", "from pages.widgets.table.grid import b"),
        (imports_allowed_packages, "pages/state/a.py", "from pages.server.run_store import RUNS"),
        (imports_allowed_packages, "pages/private_api/a.py", "from pages.state.visit import Visit"),
        (imports_allowed_packages, "pages/views/a.py", "from streamlit_app import main"),
        (imports_allowed_packages, "streamlit_app.py", "from tests.engine import a"),
    ],
)
def test_rule_can_fail(rule: Rule, path: str, source: str) -> None:
    assert len(rule(Path(path), source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("engine/model/a.py", "import math\nfrom numpy.random import RandomState\nfrom engine.model.b import c"),
        ("engine/training/a.py", "from engine.model.network import forward"),
        ("pages/charts/history/a.py", "import plotly.graph_objects as go\nfrom engine import History"),
        ("pages/views/a.py", "import streamlit as st\nfrom pages.widgets.frame.run_page import run_page"),
        ("pages/a.py", STUB),
    ],
)
def test_rule_lets_the_good_pass(path: str, source: str) -> None:
    assert imports_allowed_packages(Path(path), source) == []
    assert imports_known_libraries(Path(path), source) == []


def test_cycle_can_be_found() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]
    assert cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
