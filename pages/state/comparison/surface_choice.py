"""What a visitor chose on the page Surface: two weights or one or the main directions, a picture, a place."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import streamlit as st

from engine import Experiment, History
from engine.model.weight_index import WeightIndex
from engine.training.surface import LossSurface, loss_over_main_directions, loss_surface

Kind: TypeAlias = Literal["two", "one", "main"]
Picture: TypeAlias = Literal["lines", "space"]

MUCH_WORK = 40_000
"""Rows times weights from which on a surface has fewer points."""

FEW_POINTS = 21


@dataclass(slots=True)
class SurfaceChoice:
    """The chosen directions, picture and place."""

    kind: Kind = "two"
    first: WeightIndex = field(default_factory=WeightIndex)
    second: WeightIndex = field(default_factory=lambda: WeightIndex(0, 1, 0))
    picture: Picture = "lines"
    place: tuple[float, ...] | None = None  # the one that was clicked on, along the surface's axes

    def choose_kind(self, kind: Kind) -> None:
        """Choose between two weights, one weight and the main directions."""
        self.kind, self.place = kind, None

    def choose_weights(self, first: WeightIndex, second: WeightIndex) -> None:
        """Choose the weights across and up; where both would be the same they change places."""
        if first == second:
            first, second = (self.second, self.first)
        self.first, self.second, self.place = first, second, None

    def choose_picture(self, picture: Picture) -> None:
        """Choose between lines and a surface in space."""
        self.picture = picture

    def choose_place(self, place: tuple[float, ...] | None) -> None:
        """Choose a place to start from; None for none."""
        self.place = place

    def kinds(self, experiment: Experiment) -> list[Kind]:
        """The kinds that a network can have: one weight has no second."""
        return ["two", "one", "main"] if len(list(WeightIndex.all_of(experiment))) > 1 else ["one"]

    def fit(self, experiment: Experiment) -> None:
        """Choose other weights where the network does not have the chosen ones."""
        weights = list(WeightIndex.all_of(experiment))
        if not self.first.exists_in(experiment):
            self.first, self.place = weights[0], None
        if len(weights) > 1 and (not self.second.exists_in(experiment) or self.second == self.first):
            self.second, self.place = next(weight for weight in weights if weight != self.first), None
        if self.kind not in self.kinds(experiment):
            self.kind, self.place = "one", None

    def surface(self, history: History, epoch: int) -> LossSurface:
        """The chosen surface at an epoch."""
        e = history.experiment
        self.fit(e)
        work = len(e.inputs) * sum(fan_in * fan_out for fan_in, fan_out in e.shapes)
        points = FEW_POINTS if work > MUCH_WORK else 41
        if self.kind == "main":
            return loss_over_main_directions(history, epoch, points=points)
        return loss_surface(history, epoch, self.first, self.second if self.kind == "two" else None, points=points)

    def names(self, experiment: Experiment) -> tuple[str, ...]:
        """The names of the axes."""
        if self.kind == "main":
            return "first main direction", "second main direction"
        weights = (self.first, self.second) if self.kind == "two" else (self.first,)
        return tuple(weight.name(experiment) for weight in weights)


def current_surface() -> SurfaceChoice:
    """The visitor's choice."""
    if "surface" not in st.session_state:
        st.session_state.surface = SurfaceChoice()
    choice: SurfaceChoice = st.session_state.surface
    return choice
