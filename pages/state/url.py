"""A visit as the parameters of the page's address, and read back from there.

`write_url` writes the address after every run, so that a reload, a new tab or another page find the same experiment.
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
from pages.reading.link_numbers import read_link_numbers
from pages.state.link import Link
from pages.state.projector import Projector
from pages.state.restrictions import RESTRICTION_KEYS, Restrictions
from pages.state.visit import Visit, current_visit, replace_visit

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


def open_visit() -> Visit:
    """The visitor's state when a page begins: the first time from the address; what is locked is put back."""
    if "visit" not in st.session_state:
        replace_visit(read_url(st.query_params.to_dict()))
    visit = current_visit()
    visit.draft.read_grid()
    visit.restore_fixed_parts()
    return visit


def read_url(parameters: Mapping[str, str]) -> Visit:
    """A visit from URL parameters; what cannot be understood is left out and named in the link's `notices`.

    A link of ours has the seed and all that differs from the tutorial; the preset is then no more than its origin. A
    preset with a seed alone, or with what somebody typed after it, is where the experiment starts from.
    """
    rest = dict(parameters)
    preset, at, row, axis, weight, lesson, projector, large, hide, lock, play = (rest.pop(key, "") for key in VIEW_KEYS)
    restrictions, misread = Restrictions.read(hide, lock, play)
    problems = [*misread]
    if preset and preset not in PRESETS:
        problems.append(f"preset={preset[:30]!r} is not one of ours.")
        preset = ""
    if preset and ("seed" not in rest or not set(rest) - {"seed", "v"}):
        rest = to_url(PRESETS[preset]) | rest
    rest, questions = read_link_numbers(rest)
    experiment, left_out = from_url(rest)
    visit = Visit.from_experiment(experiment, preset or preset_without_name(experiment))
    for key, text, low, high in (("at", at, 0, experiment.epochs), ("row", row, 1, len(experiment.inputs))):
        if text and not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
            problems.append(f"{key}={text[:30]!r} is not a whole number from {low} to {high:,}.")
        elif text and key == "at":
            visit.view.follow(int(text))
        elif text:
            visit.view.choose_row(int(text) - 1)
    if axis not in ("", "log", "linear"):
        problems.append(f"axis={axis[:30]!r} is neither log nor linear.")
    if projector not in ("", "0", "1"):
        problems.append(f"projector={projector[:30]!r} is neither 0 nor 1.")
    if weight:
        numbers = [int(n) - 1 for n in weight.split(",")] if WEIGHT_PATTERN.fullmatch(weight) else [-1, -1, -1]
        if (index := WeightIndex(*numbers)).exists_in(experiment):
            visit.view.choose_weight(index)
        else:
            problems.append(f"weight={weight[:30]!r} is not layer,input,neuron of this network.")
    visit.view.set_log_axis(axis != "linear")
    visit.lesson = lesson[:30]
    visit.use_projector(Projector() if projector == "1" else None)
    visit.link = Link(
        experiment, (*problems, *questions, *left_out), restrictions, large[:30], is_restoring=bool(large)
    )
    return visit


def preset_without_name(experiment: Experiment) -> str:
    """The preset of a link that names none: the tutorial, or "" where the columns are not called as there."""
    tutorial = PRESETS["tutorial"]
    same = (experiment.input_names, experiment.target_names) == (tutorial.input_names, tutorial.target_names)
    return "tutorial" if same else ""


def url_parameters(visit: Visit) -> dict[str, str]:
    """The URL parameters that `read_url` makes the same visit from."""
    wanted, history, view = visit.run.wanted, visit.run.history, visit.view
    parameters = experiment_parameters(visit)
    if visit.draft.preset not in ("", "tutorial"):
        parameters["preset"] = visit.draft.preset
        if not set(experiment_parameters(visit)) - {"seed"}:
            parameters["n"] = str(wanted.epochs)
    if view.cursor is not None and (history is None or history.experiment == wanted):
        parameters["at"] = str(view.cursor)
    if 0 < view.row < len(wanted.inputs):
        parameters["row"] = str(view.row + 1)
    if view.weight != WeightIndex() and view.weight.exists_in(wanted):
        parameters["weight"] = f"{view.weight.layer + 1},{view.weight.source + 1},{view.weight.neuron + 1}"
    if visit.lesson and visit.page == LEARN:
        parameters["lesson"] = visit.lesson
    if not view.has_log_axis:
        parameters["axis"] = "linear"
    if visit.projector is not None:
        parameters["projector"] = "1"
    return parameters | replace(visit.link.restrictions, plays=visit.plays_when_opened).parameters()


def experiment_parameters(visit: Visit) -> dict[str, str]:
    """The URL parameters of the experiment that is wanted."""
    return visit.link.parameters(visit.run.wanted, to_url)


def fits_in_url(parameters: Mapping[str, str | tuple[str, ...]]) -> bool:
    """Whether an address with these parameters is short enough to arrive wherever it is opened."""
    return len(urlencode(parameters, doseq=True)) <= LONGEST_URL


def is_table_lost(visit: Visit) -> bool:
    """Whether the page shows something in place of the experiment that its address could not hold."""
    return bool(visit.link.lost) and visit.run.wanted == visit.link.opened


def fingerprint(visit: Visit) -> str:
    """What an experiment is known by where it is too large to be written out."""
    return f"{crc32(urlencode(experiment_parameters(visit)).encode()):x}"


def write_url() -> None:
    """Write the visit into the page's address, if it differs; called at the end of every run.

    What is too large leaves a mark there, for an address without it would open something else.
    """
    visit = current_visit()
    parameters = url_parameters(visit)
    lost = is_table_lost(visit)
    if lost or not fits_in_url(parameters):
        parameters = {TOO_LARGE_KEY: visit.link.lost if lost else fingerprint(visit)} | {
            key: parameters[key] for key in RESTRICTION_KEYS if key in parameters
        }
    if st.query_params.to_dict() != parameters:
        st.query_params.from_dict(parameters)
