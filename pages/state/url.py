"""A page's address holds the visitor's bench, which lives in the session and starts from there.

`mirror` writes it back after every run, so that a reload, a new tab or another page find the same experiment.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode
from zlib import crc32

import streamlit as st

from engine import PRESETS, Experiment
from engine.model.weight_index import WeightIndex
from engine.serialization.url_format import from_url, to_url
from pages.state.edited_table import EditedTable
from pages.state.projector import Projector
from pages.state.restrictions import RESTRICTION_KEYS, Restrictions
from pages.state.visit import Bench

LONGEST_URL = 14_000
"""Addresses up to so many characters arrive. Browsers take far longer ones, and so does a server on the same machine;
but of a request that comes in pieces, as over a network, ours takes 16 KiB and answers 400 to more. The rest is left
for the browser's headers."""

WEIGHT_PATTERN = re.compile(r"[1-9][0-9]{0,3}(,[1-9][0-9]{0,3}){2}")
TOO_LARGE_KEY = "large"
"""The parameter of an address in place of an experiment that is too large for it: a sign to know that one by."""

VIEW_KEYS = ("preset", "at", "row", "axis", "weight", "lesson", "projector", TOO_LARGE_KEY, *RESTRICTION_KEYS)
"""URL parameters that say how to look at the experiment; all others are the experiment's."""

LEARN = "learn"
"""The path of the page that an address with a lesson opens."""


def bench() -> Bench:
    """The visitor's bench, the first time from the page's address; what is locked is put back before it is read."""
    if "bench" not in st.session_state:
        st.session_state.bench = read_url(st.query_params.to_dict())
    found: Bench = st.session_state.bench
    found.remember()
    found.restore()
    return found


def read_url(parameters: Mapping[str, str]) -> Bench:
    """A bench from URL parameters; what cannot be understood is named in `notices` and left out.

    A link of ours has the seed and all that differs from the tutorial; the preset is then no more than its origin. A
    preset with a seed alone, or with what somebody typed after it, is where the experiment starts from.
    """
    rest = dict(parameters)
    preset, at, row, axis, weight, lesson, projector, large, hide, lock, play = (rest.pop(key, "") for key in VIEW_KEYS)
    handout, misread = Restrictions.read(hide, lock, play)
    problems = [*misread]
    if preset and preset not in PRESETS:
        problems.append(f"preset={preset[:30]!r} is not one of ours.")
        preset = ""
    if preset and ("seed" not in rest or not set(rest) - {"seed", "v"}):
        rest = to_url(PRESETS[preset]) | rest
    experiment, left_out = from_url(rest)
    found = Bench(
        base=EditedTable.from_experiment(experiment),
        settings={},
        wanted=experiment,
        preset=preset or preset_without_name(experiment),
    )
    found.load(experiment)
    for key, text, low, high in (("at", at, 0, experiment.epochs), ("row", row, 1, len(experiment.inputs))):
        if text and not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
            problems.append(f"{key}={text[:30]!r} is not a whole number from {low} to {high:,}.")
        elif text and key == "at":
            found.cursor = int(text)
        elif text:
            found.row = int(text) - 1
    if axis not in ("", "log", "linear"):
        problems.append(f"axis={axis[:30]!r} is neither log nor linear.")
    if projector not in ("", "0", "1"):
        problems.append(f"projector={projector[:30]!r} is neither 0 nor 1.")
    if weight:
        numbers = [int(n) - 1 for n in weight.split(",")] if WEIGHT_PATTERN.fullmatch(weight) else [-1, -1, -1]
        if (index := WeightIndex(*numbers)).exists_in(experiment):
            found.weight = index
        else:
            problems.append(f"weight={weight[:30]!r} is not layer,input,neuron of this network.")
    found.log, found.lesson, found.handout = axis != "linear", lesson[:30], handout
    found.slide, found.lost, found.awaits = Projector() if projector == "1" else None, large[:30], bool(large)
    found.notices, found.opened = (*problems, *left_out), experiment
    return found


def preset_without_name(experiment: Experiment) -> str:
    """The preset of a link that names none: the tutorial, or "" where the columns are not called as there."""
    tutorial = PRESETS["tutorial"]
    same = (experiment.input_names, experiment.target_names) == (tutorial.input_names, tutorial.target_names)
    return "tutorial" if same else ""


def url_parameters(found: Bench) -> dict[str, str]:
    """The URL parameters that `opened` makes the same bench from."""
    parameters = experiment_parameters(found)
    if found.preset not in ("", "tutorial"):
        parameters["preset"] = found.preset
        if not set(experiment_parameters(found)) - {"seed"}:
            parameters["n"] = str(found.wanted.epochs)
    if found.cursor is not None and (found.history is None or found.history.experiment == found.wanted):
        parameters["at"] = str(found.cursor)
    if 0 < found.row < len(found.wanted.inputs):
        parameters["row"] = str(found.row + 1)
    if found.weight != WeightIndex() and found.weight.exists_in(found.wanted):
        weight = found.weight
        parameters["weight"] = f"{weight.layer + 1},{weight.source + 1},{weight.neuron + 1}"
    if found.lesson and found.page == LEARN:
        parameters["lesson"] = found.lesson
    if not found.log:
        parameters["axis"] = "linear"
    if found.slide is not None:
        parameters["projector"] = "1"
    return parameters | replace(found.handout, plays=found.opening).parameters()


def experiment_parameters(found: Bench) -> dict[str, str]:
    """The experiment's own URL parameters, written once: for a thousand rows that takes 3 ms, and every run asks."""
    if found.link is None or found.link[0] is not found.wanted:
        found.link = found.wanted, to_url(found.wanted)
    return dict(found.link[1])


def fits_in_url(parameters: Mapping[str, str | tuple[str, ...]]) -> bool:
    """Whether an address with these parameters is short enough to arrive wherever it is opened."""
    return len(urlencode(parameters, doseq=True)) <= LONGEST_URL


def is_table_lost(found: Bench) -> bool:
    """Whether the page shows something in place of the experiment that its address could not hold."""
    return bool(found.lost) and found.wanted == found.opened


def fingerprint(found: Bench) -> str:
    """What an experiment is known by where it is too large to be written out."""
    return f"{crc32(urlencode(experiment_parameters(found)).encode()):x}"


def write_url() -> None:
    """Write the bench into the page's address, if it differs; called at the end of every run.

    What is too large leaves a mark there, for an address without it would open something else.
    """
    found = bench()
    parameters = url_parameters(found)
    lost = is_table_lost(found)
    if lost or not fits_in_url(parameters):
        parameters = {TOO_LARGE_KEY: found.lost if lost else fingerprint(found)} | {
            key: parameters[key] for key in RESTRICTION_KEYS if key in parameters
        }
    if st.query_params.to_dict() != parameters:
        st.query_params.from_dict(parameters)
