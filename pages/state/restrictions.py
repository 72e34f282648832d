"""A handout is a link as a teacher gives it out: with parts of the Playground hidden or locked, playing or not.

A hidden part does its work all the same, with what the link says; a locked one is there to read. Neither changes.
That keeps a lesson calm. It is no examination: whoever changes the link sees everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine import Experiment
from engine.serialization.url_format import TABLE_FIELDS

PARTS: dict[str, str] = {
    "presets": "Choice of tables",
    "table": "Table",
    "files": "Files",
    "controls": "Network and training",
    "more": "More",
    "advice": "Hints",
}
"""Parts that can be hidden, as the link and as the page calls them."""

PART_FIELDS: dict[str, tuple[str, ...]] = {
    "table": TABLE_FIELDS,
    "controls": ("hidden", "activations", "loss", "learning_rate", "epochs"),
    "more": (
        *("optimizer", "batch_size", "bias", "l1", "l2"),
        *("initializer", "seed", "initial_weights", "initial_biases"),
    ),
}
"""Those of them that can be locked instead, each with the fields of the experiment that it is about."""

LOCKABLE_PARTS = tuple(PART_FIELDS)

RESTRICTION_KEYS = ("hide", "lock", "play")
"""The URL parameters that make a handout."""

WAY_OUT = "*Share*, *As it is* makes a link to the same with nothing hidden or locked."


@dataclass(frozen=True, slots=True)
class Restrictions:
    """Which parts are hidden, which locked, and whether the player starts when the page opens."""

    hidden: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    plays: bool = False

    @classmethod
    def read(cls, hide: str, lock: str, play: str) -> tuple["Restrictions", tuple[str, ...]]:
        """A handout from its URL parameters, and a message for each in which something could not be understood.

        >>> Restrictions.read("more,tea", "table", "")[1]
        ("hide='tea' is no part of the page: choose from presets, table, files, controls, more, advice.",)
        """
        hidden, locked = split_names(hide), split_names(lock)
        problems = [
            f"{key}={', '.join(unknown)[:60]!r} is no part of the page: choose from {', '.join(known)}."
            for key, found, known in (("hide", hidden, tuple(PARTS)), ("lock", locked, LOCKABLE_PARTS))
            if (unknown := [name for name in found if name not in known])
        ]
        if play not in ("", "0", "1"):
            problems.append(f"play={play[:30]!r} is neither 0 nor 1.")
        return cls(frozenset(hidden) & set(PARTS), frozenset(locked) & set(LOCKABLE_PARTS), play == "1"), tuple(
            problems
        )

    def parameters(self) -> dict[str, str]:
        """The URL parameters that `read` makes the same handout from.

        >>> Restrictions(frozenset({"more", "table"}), plays=True).parameters()
        {'hide': 'table,more', 'play': '1'}
        """
        written = {"hide": join_parts(self.hidden), "lock": join_parts(self.locked), "play": "1" if self.plays else ""}
        return {key: text for key, text in written.items() if text}

    def shows(self, part: str) -> bool:
        """Whether a part is on the page."""
        return part not in self.hidden

    def allows_change(self, part: str) -> bool:
        """Whether a part is on the page and can be changed."""
        return self.shows(part) and part not in self.locked

    @property
    def fixed_parts(self) -> frozenset[str]:
        """The parts that nothing may change: what is hidden cannot be seen to change."""
        return self.locked | self.hidden.intersection(LOCKABLE_PARTS)

    @property
    def fixed_fields(self) -> frozenset[str]:
        """The fields of the experiment that nothing may change."""
        return frozenset(name for part in self.fixed_parts for name in PART_FIELDS[part])

    def refusal(self, *parts: str) -> str | None:
        """Why a control that has to change these parts is not offered, or None where none of them is fixed."""
        found = [PARTS[part] for part in parts if part in self.fixed_parts]
        return f"The link has locked: {', '.join(found)}. {WAY_OUT}" if found else None


def differing_parts(before: Experiment, after: Experiment) -> tuple[str, ...]:
    """The parts in which two experiments differ."""
    return tuple(
        part
        for part, names in PART_FIELDS.items()
        if any(getattr(before, name) != getattr(after, name) for name in names)
    )


def split_names(text: str) -> list[str]:
    """The names in "table,more", each once."""
    return [name for name in dict.fromkeys(text.split(",")) if name]


def join_parts(found: Iterable[str]) -> str:
    """Names as a link lists them, in the order of the page."""
    return ",".join(part for part in PARTS if part in found)
