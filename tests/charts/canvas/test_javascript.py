"""The JavaScript of the canvases is one module that is made of its files, each with its names to itself."""

from dataclasses import replace

import pytest

from engine import ACTIVATIONS
from pages.charts.canvas import javascript
from pages.charts.canvas.javascript import (
    FOLDER,
    activations_module,
    exported_names,
    joined_module,
    pictures_module,
    source_of,
)

WRITTEN = {name: f"export const {name.upper()} = {{}};\n" for name in ("activations", "functions", "palettes")}


def test_every_file_is_needed() -> None:
    whole = pictures_module()
    for path in FOLDER.glob("*.js"):
        assert f"const {path.stem}_js = " in whole
    assert "import " not in "".join(line for line in whole.splitlines(keepends=True) if line.startswith("import"))


def test_a_module_comes_after_what_it_needs_and_once() -> None:
    whole = joined_module("scene", WRITTEN)
    order = [whole.index(f"const {name}_js") for name in ("activations", "functions", "derived", "forward", "scene")]
    assert order == sorted(order)
    assert whole.count("const forward_js") == 1
    assert whole.rstrip().endswith("= scene_js;")


def test_what_is_exported_is_named() -> None:
    assert exported_names("export const a = 1;\nconst b = 2;\nexport function c() {}\n") == "a, c"
    assert "mountStage" in exported_names(source_of("stage"))


def test_a_ring_of_imports_is_refused() -> None:
    ring = {
        "a": 'import { y } from "./b.js";\nexport const x = 1;\n',
        "b": 'import { x } from "./a.js";\nexport const y = 1;\n',
    }
    with pytest.raises(ValueError, match="a -> b -> a is a ring of imports"):
        joined_module("a", ring)


def test_every_activation_has_its_formula() -> None:
    """One that has none would leave the pictures of its networks to words: none of ours does."""
    assert [name for name, activation in ACTIVATIONS.items() if not activation.javascript] == []


def test_an_activation_without_a_formula_has_no_run() -> None:
    assert "run" not in activations_module({"silent": replace(ACTIVATIONS["tanh"], javascript=None)})
    assert "run" in activations_module({"tanh": ACTIVATIONS["tanh"]})


def test_the_place_has_every_part_that_the_stage_looks_for() -> None:
    for part in ("pictures", "network", "answer", "network caption", "answer caption", "tip", "said", "choices"):
        assert f'data-part="{part}"' in javascript.HTML
