"""The JavaScript of the pictures as one module: its files joined, with the activations and palettes from Python.

The files are ES modules that import each other by `import { name } from "./file.js";`. Streamlit takes a component's
JavaScript as one text, and so does a page that is a single file, so each becomes a function that is called once, in the
order of their dependencies. Four of them are written here: `activations.js`, `losses.js` and `functions.js`, so that an
activation stays one entry of `ACTIVATIONS`, a loss one of `LOSSES` and a function of formulas one of `FUNCTIONS`, and
`palettes.js`.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from engine import ACTIVATIONS, LOSSES
from engine.model.activation_functions import Activation
from engine.model.formulas.formula import FUNCTIONS
from pages.charts.style.palette import DARK, LIGHT
from pages.charts.style.sizes import DESK, SHAPES

FOLDER = Path(__file__).parent
HTML, CSS = ((FOLDER / f"stage.{kind}").read_text(encoding="utf-8") for kind in ("html", "css"))
"""What `mountStage` is to be mounted in, and how that looks."""

IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
COMMENT = re.compile(r"^ */\*\*[\s\S]*?\*/\n|^ *//.*\n| +// [^\"'`\n]*$|^ +", re.MULTILINE)
"""Comments and indentation, a fifth of the text; a string holds no line of its own."""
EXPORT = re.compile(r"^export (const|function) (\w+)", re.MULTILINE)


def activations_module(activations: Mapping[str, Activation]) -> str:
    """`ACTIVATIONS`: what to call each, its bounds, and `run`, which turns a layer's z into f(z) in place.

    `run` takes the values (units x count, neuron after neuron), the units and the count; it is missing where the
    activation has no JavaScript. Each has its loop to itself, or calls through one loop would not be inlined.
    """
    entries = []
    for name, activation in activations.items():
        low, high = (bound if math.isfinite(bound) else None for bound in (activation.low, activation.high))
        run = f", run(values, units, count) {{ {run_body(activation)} }}" if activation.javascript else ""
        entries.append(
            f"{json.dumps(name)}: {json.dumps({'label': activation.label, 'low': low, 'high': high})[:-1]}{run} }}"
        )
    return "export const ACTIVATIONS = {\n" + ",\n".join(entries) + "\n};\n"


def run_body(activation: Activation) -> str:
    """The loop over every neuron and point, or over every point with the neurons of the layer at once."""
    if activation.is_elementwise:
        return (
            f"for (let k = 0; k < units * count; k++) {{ const z = values[k]; values[k] = {activation.javascript}; }}"
        )
    return (
        "const z = new Float64Array(units); for (let p = 0; p < count; p++) { "
        "for (let j = 0; j < units; j++) z[j] = values[j * count + p];\n"
        f"{{ {activation.javascript} }}\n"
        "for (let j = 0; j < units; j++) values[j * count + p] = z[j]; }"
    )


def losses_module() -> str:
    """`LOSSES`: one row's part of each loss, from its z, outputs and targets, arrays, and the number of rows.

    A loss without JavaScript is missing.
    """
    formulas = {name: loss.javascript for name, loss in LOSSES.items() if loss.javascript}
    entries = [f"{json.dumps(name)}: (z, o, y, n) => {formula}" for name, formula in formulas.items()]
    return f"export const LOSSES = {{ {', '.join(entries)} }};\n"


def functions_module() -> str:
    """`FUNCTIONS`: what the functions of formulas are in JavaScript."""
    entries = [f"{json.dumps(name)}: {function.javascript}" for name, function in FUNCTIONS.items()]
    return f"export const FUNCTIONS = {{ {', '.join(entries)} }};\n"


def palettes_module() -> str:
    """`PALETTES`, the light and the dark one, `SHAPES`, in which classes are marked, and the sizes of a `DESK`."""
    constants = {"PALETTES": {"light": asdict(LIGHT), "dark": asdict(DARK)}, "SHAPES": SHAPES, "DESK": asdict(DESK)}
    return "".join(f"export const {name} = {json.dumps(value)};\n" for name, value in constants.items())


@lru_cache(maxsize=1)
def pictures_module() -> str:
    """All of it, ready to be run, without comments; it exports what `stage.js` exports."""
    return without_comments(joined_module("stage", written_modules()))


def written_modules(activations: Mapping[str, Activation] = ACTIVATIONS) -> dict[str, str]:
    """The modules that are no files, by name."""
    return {
        "activations": activations_module(activations),
        "functions": functions_module(),
        "losses": losses_module(),
        "palettes": palettes_module(),
    }


def joined_module(entry: str, written: Mapping[str, str]) -> str:
    """A module and what it imports, each once, after what it needs, and with its own names to itself.

    Raises ValueError where modules need each other in a ring.
    """
    scopes: dict[str, str] = {}

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{' -> '.join((*above, name))} is a ring of imports")
        if name in scopes:
            return
        source = written.get(name) or source_of(name)
        for _, needed in IMPORT.findall(source):
            add(needed, (*above, name))
        body = EXPORT.sub(r"\1 \2", IMPORT.sub(r"const {\1} = \2_js;\n", source))
        scopes[name] = f"const {name}_js = (() => {{\n{body}\nreturn {{ {exported_names(source)} }};\n}})();\n"

    add(entry, ())
    return "".join(scopes.values()) + f"export const {{ {exported_names(source_of(entry))} }} = {entry}_js;\n"


def without_comments(source: str) -> str:
    """JavaScript as it is sent: without comments and indentation."""
    return COMMENT.sub("", source)


def source_of(name: str) -> str:
    """A module as it stands in its file."""
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")


def exported_names(source: str) -> str:
    """The names that a module exports, with commas between."""
    return ", ".join(name for _, name in EXPORT.findall(source))
