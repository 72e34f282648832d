"""The answer in space: a surface over two inputs that can be turned, at the cursor's epoch."""

from dataclasses import replace

import streamlit as st

from engine import History
from pages.charts.style.palette import palette_for
from pages.charts.surface.answer_3d import AnswerSpace, answer_in_space, answer_over_plane, answer_words
from pages.state.bound_widget import bind
from pages.state.view import AnswerSpaceChoice, View
from pages.widgets.frame.figure import show_figure
from pages.widgets.frame.markdown import escape_markdown


def choose_answer_space(view: View, history: History) -> None:
    """The choice to draw it, where two inputs vary."""
    if len(history.experiment.varying_inputs) < 2:
        return
    is_drawn = view.answer_space is not None
    st.toggle(
        "Answer in 3D",
        is_drawn,
        help="The output as a landscape over two inputs. Drag it to turn it.",
        **bind("in space", is_drawn, lambda on: view.draw_answer_in_space(AnswerSpaceChoice() if on else None)),
    )


def show_answer_space(view: View, history: History) -> None:
    """The choices of inputs and target where there are several, the picture, and how to read it."""
    e, choice = history.experiment, view.answer_space
    if choice is None or len(e.varying_inputs) < 2:
        return
    space = space_of(choice, history, view.row_of(history))
    with st.container(horizontal=True, gap="medium"):
        choose_one("Across", "across", e.input_names, [i for i in e.varying_inputs if i != space.up], space, view)
        choose_one(
            "Into the depth", "up", e.input_names, [i for i in e.varying_inputs if i != space.across], space, view
        )
        choose_one("Output", "target", e.target_names, list(range(len(e.target_names))), space, view)
    epoch = view.epoch_of(history)
    plane = answer_over_plane(history, epoch, space)
    figure = answer_in_space(history, epoch, space, plane, palette_for(st.context.theme.type))
    show_figure("answer in space", figure, answer_words(history.experiment, epoch, space, plane))
    others = f", with all other inputs as in row {space.row + 1}" if len(e.varying_inputs) > 2 else ""
    st.caption(
        f"Height is what the network answers{others}. Each dot is a row at its target, and the line from it ends at "
        "the answer: the shorter, the better. It stands still while the player plays, and follows where it rests."
    )


def space_of(choice: AnswerSpaceChoice, history: History, row: int) -> AnswerSpace:
    """What is drawn: the choice as far as this run has it, otherwise the first that there is."""
    inputs, targets = history.experiment.varying_inputs, history.experiment.target_names
    across = choice.across if choice.across in inputs else next(i for i in inputs if i != choice.up)
    up = choice.up if choice.up in inputs and choice.up != across else next(i for i in inputs if i != across)
    return AnswerSpace(across, up, min(choice.target, len(targets) - 1), row)


def choose_one(
    label: str, field: str, names: tuple[str, ...], options: list[int], space: AnswerSpace, view: View
) -> None:
    """The choice of one of several inputs or targets; nothing where there is only one."""
    if len(options) < 2:
        return
    now = AnswerSpaceChoice(space.across, space.up, space.target)
    chosen: int = getattr(now, field)
    st.selectbox(
        label,
        options,
        options.index(chosen),
        format_func=lambda i: escape_markdown(names[i]),
        width=180,
        **bind(
            f"space {field}", chosen, lambda i: view.draw_answer_in_space(replace(now, **{field: i})), tuple(options)
        ),
    )
