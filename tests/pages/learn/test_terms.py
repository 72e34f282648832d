"""No lesson uses a term or a sign before the sentence that explains it: the glossary is in terms.py."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS
from engine.explanation.rounded_to_zero import zero_weight_size
from pages.charts.style.format import format_number
from pages.server.run_store import RUNS
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import Lesson
from tests.pages.learn.terms import FIELD, LAYOUT, SIGNS, TERMS, places, signs_of, uses_sign, uses_term

Uses = Callable[[str, str], bool]


def early_use(term: str, key: str, words: str, uses: Uses, lessons: Mapping[str, Lesson] = LESSONS) -> str:
    """What is wrong with a term that the lesson `key` explains in these `words`; "" if nothing is."""
    read = [place for name, lesson in lessons.items() for place in places(name, lesson)]
    first = next((place for place in read if words in place.text or uses(term, place.text)), None)
    if first is None or words not in "".join(place.text for place in read if place.key == key):
        return f"{key} does not say “{words}”"
    return "" if first.key == key and words in first.text else f"{first.key} has {term} in “{first.text}”"


def unknown_words(lesson: Lesson) -> list[str]:
    """What a lesson uses that the glossary has not: words in bold, letters, names of functions, words of the field."""
    read = [place.text for place in places("", lesson)]
    bold = {word.lower() for text in read for word in re.findall(r"\*\*(.+?)\*\*", text)}
    glossary = {form for term in TERMS for form in (term.lower(), f"{term.lower()}s")}
    signs = {sign for text in read for sign in signs_of(text)} - SIGNS.keys() - LAYOUT
    names = {
        entry.label
        for registry in (ACTIVATIONS, LOSSES, OPTIMIZERS)
        for entry in registry.values()
        if entry.label.lower() not in glossary
    }
    names -= {"Step"}  # the network of a question about the step function
    named = {name for name in (*names, *FIELD) for text in read if uses_term(name, text)}
    return sorted((bold - glossary) | signs | named)


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_explained_where_it_is_first_used(term: str) -> None:
    assert early_use(term, *TERMS[term], uses_term) == ""


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_is_explained_where_it_is_first_used(sign: str) -> None:
    assert early_use(sign, *SIGNS[sign], uses_sign) == ""


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_uses_nothing_that_the_glossary_has_not(key: str) -> None:
    assert unknown_words(LESSONS[key]) == []


def test_no_number_has_an_exponent_before_the_lesson_that_explains_them() -> None:
    has_exponent = [any("e" in text for text in numbers_of(lesson)) for lesson in LESSONS.values()]
    first, explaining = has_exponent.index(True), list(LESSONS).index("epochs")
    assert "2.9e6 is 2.9 with its point moved six places to the right" in LESSONS["epochs"].hint
    assert explaining <= first


def numbers_of(lesson: Lesson) -> list[str]:
    """Losses, outputs and weights that the lesson may show: of all epochs, or of one where there is no player."""
    asked, shown = lesson.question.network, []
    for e in (*lesson.variants.values(), *([asked.experiment] if asked else [])):
        history = RUNS.get_or_train(e)
        if "outputs" not in lesson.charts and "weights" not in lesson.charts and "values" not in lesson.charts:
            history = history.only_frame(history.frame_at(lesson.cursor))
        zero, weights = zero_weight_size(e), np.concatenate([layer.ravel() for layer in history.weights])
        shown += [*history.loss, *history.outputs.ravel(), *weights[abs(weights) >= zero]]
    return [format_number(float(number)) for number in shown]


NEURON, ASKED = LESSONS["neuron"], LESSONS["neuron"].question


@pytest.mark.parametrize(
    ("spoilt", "term"),
    [
        (replace(NEURON, text=f"An error. {NEURON.text}"), "error"),
        (replace(NEURON, text=f"$\\delta$ is used. {NEURON.text}"), r"\delta"),
        (replace(NEURON, formulas=(r"\eta",)), r"\eta"),
        (replace(NEURON, hint="Look at the epochs."), "epoch"),
        (replace(NEURON, vary="seed"), "seed"),
        (replace(NEURON, question=replace(ASKED, ask="And the loss?")), "loss"),
        (replace(NEURON, question=replace(ASKED, choices={"Saturated": lambda _: True})), "saturated"),
        (replace(NEURON, question=replace(ASKED, because="{number} by backpropagation.")), "backpropagation"),
    ],
)
def test_an_early_use_is_seen_wherever_it_stands(spoilt: Lesson, term: str) -> None:
    glossary, uses = (SIGNS, uses_sign) if term in SIGNS else (TERMS, uses_term)
    wrong = early_use(term, *glossary[term], uses, LESSONS | {"neuron": spoilt})
    assert wrong.startswith(f"neuron has {term} in “")


def test_an_explanation_that_has_gone_is_seen() -> None:
    spoilt = replace(LESSONS["slope"], text="A delta.", facts={})
    assert early_use("delta", *TERMS["delta"], uses_term, LESSONS | {"slope": spoilt}).startswith("slope does not say")


def test_what_the_glossary_has_not_is_seen() -> None:
    spoilt = replace(LESSONS["loop"], hint="A **tensor** $\\omega q$, by Adam: its gradient.")
    assert unknown_words(spoilt) == ["Adam", r"\omega", "gradient", "q", "tensor"]
