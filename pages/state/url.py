"""The page's address: a visit written as URL parameters, and read back from them.

`write_url` runs after every run of the page, so that a reload, a new tab or another page finds the same experiment.
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
from pages.state.pins import take_pins
from pages.state.projector import Projector
from pages.state.restrictions import RESTRICTION_KEYS, Restrictions
from pages.state.visit import Visit, current_visit, replace_visit

LONGEST_URL = 14_000
"""Longest address, in characters, that arrives everywhere. Browsers accept far longer ones, and so does a server on the
same machine; but of a request that arrives in pieces, as over a network, our server accepts 16 KiB and answers 400 to
more. The difference is left for the browser's headers."""

WEIGHT_PATTERN = re.compile(r"[1-9][0-9]{0,3}(,[1-9][0-9]{0,3}){2}")
TOO_LARGE_KEY = "large"
"""The parameter in place of an experiment too large for an address: its fingerprint."""

VIEW_KEYS = ("preset", "at", "row", "axis", "weight", "lesson", "projector", TOO_LARGE_KEY, *RESTRICTION_KEYS)
"""URL parameters of the view and the link; all others belong to the experiment."""

LEARN = "learn"
"""The path of the page that shows lessons."""


def open_visit() -> Visit:
    """The visitor's state at the start of a run, from the address on the first one; fixed parts are put back.

    What was typed since the last run is recorded for Undo and for the list of the visitor's own tables.
    """
    if "visit" not in st.session_state:
        query = st.query_params.to_dict()
        replace_visit(read_url(query))
        if not current_visit().link.notices and fits_in_url(url_parameters(current_visit())):
            current_visit().link.keep_address(query, address_parameters(current_visit()))
    visit = current_visit()
    visit.draft.read_grid()
    visit.restore_fixed_parts()
    visit.record_draft()
    return visit


def read_url(parameters: Mapping[str, str]) -> Visit:
    """A visit from URL parameters; what cannot be understood is left out, with a message in the link's `notices`.

    A link made by the app has the seed and every field that differs from the tutorial; its preset only names the
    origin. In a link typed by hand (no seed, or nothing but one) the experiment starts from the preset.
    """
    rest = dict(parameters)
    pins, misread_pins = take_pins(rest)
    preset, at, row, axis, weight, lesson, projector, large, hide, lock, play = (rest.pop(key, "") for key in VIEW_KEYS)
    restrictions, misread = Restrictions.read(hide, lock, play)
    problems = [*misread, *misread_pins]
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
    visit.pins = pins
    visit.use_projector(Projector() if projector == "1" else None)
    visit.link = Link(
        experiment, (*problems, *questions, *left_out), restrictions, large[:30], is_restoring=bool(large)
    )
    return visit


def preset_without_name(experiment: Experiment) -> str:
    """The preset of a link without one: the tutorial, or "" if its columns have other names."""
    tutorial = PRESETS["tutorial"]
    same = (experiment.input_names, experiment.target_names) == (tutorial.input_names, tutorial.target_names)
    return "tutorial" if same else ""


def url_parameters(visit: Visit) -> dict[str, str]:
    """The visit as URL parameters; `read_url` gives an equal one."""
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
    parameters |= visit.pins.parameters()
    return parameters | replace(visit.link.restrictions, plays=visit.plays_when_opened).parameters()


def experiment_parameters(visit: Visit) -> dict[str, str]:
    """The URL parameters of the wanted experiment."""
    return visit.link.parameters(visit.run.wanted, to_url)


def fits_in_url(parameters: Mapping[str, str | tuple[str, ...]]) -> bool:
    """Whether an address with these parameters is short enough to arrive everywhere."""
    return len(urlencode(parameters, doseq=True)) <= LONGEST_URL


def is_table_lost(visit: Visit) -> bool:
    """Whether the page shows another experiment in place of one too large for its address."""
    return bool(visit.link.lost_fingerprint) and visit.run.wanted == visit.link.opened


def fingerprint(visit: Visit) -> str:
    """A checksum that stands for an experiment too large for the address."""
    return f"{crc32(urlencode(experiment_parameters(visit)).encode()):x}"


def address_parameters(visit: Visit) -> dict[str, str]:
    """The parameters of the page's address: those of the visit, or a fingerprint if they are too large for it.

    Without the fingerprint the address would open another experiment.
    """
    parameters = url_parameters(visit)
    is_lost = is_table_lost(visit)
    if not is_lost and fits_in_url(parameters):
        return parameters
    restrictions = {key: parameters[key] for key in RESTRICTION_KEYS if key in parameters}
    return {TOO_LARGE_KEY: visit.link.lost_fingerprint if is_lost else fingerprint(visit)} | restrictions


def write_url() -> None:
    """Write the visit into the page's address, if it differs; called at the end of every run of the page.

    The address that opened the page stays as it is until something changes: another entry in the browser's history
    would make Back lead from the page to itself.
    """
    visit = current_visit()
    parameters, query = address_parameters(visit), st.query_params.to_dict()
    if not visit.link.is_written(visit.page, query, parameters):
        st.query_params.from_dict(parameters)
        visit.link.note_written(visit.page, parameters)
