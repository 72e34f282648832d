"""Restrictions: the parts of the page that a lesson's link hides or locks, and whether the link plays on opening.

The settings of a hidden part still apply, as the link gives them; a locked part can be read. Neither can be changed.
That keeps a lesson calm. It is no exam: anyone who edits the link sees everything.
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
"""Parts that can be hidden: the name in the link, and the name on the page."""

PART_FIELDS: dict[str, tuple[str, ...]] = {
    "table": TABLE_FIELDS,
    "controls": (
        *("hidden", "activations", "loss", "learning_rate", "rate_changes", "epochs", "earlier_tables"),
        *("stop_loss", "stop_when_right", "patience"),
    ),
    "more": (
        *("optimizer", "optimizer_changes", "batch_size", "bias", "l1", "l2", "derived", "scaling", "target_scaling"),
        *("initializer", "seed", "initial_weights", "initial_biases", "frozen"),
    ),
}
"""Parts that can also be locked, each with the fields of the experiment that it sets."""

LOCKABLE_PARTS = tuple(PART_FIELDS)

RESTRICTION_KEYS = ("hide", "lock", "play")
"""The URL parameters of restrictions."""


@dataclass(frozen=True, slots=True)
class Restrictions:
    """Which parts are hidden, which locked, and whether the player starts when the page opens."""

    hidden: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    plays: bool = False

    @classmethod
    def read(cls, hide: str, lock: str, play: str) -> tuple["Restrictions", tuple[str, ...]]:
        """Restrictions from URL parameters, and a message for each parameter that could not be understood.

        >>> Restrictions.read("more,tea", "table", "")[1]
        ("hide='tea' is no part of the page: choose from presets, table, files, controls, more, advice.",)
        """
        hidden, locked = split_names(hide), split_names(lock)
        problems = [
            f"{key}={', '.join(unknown)[:60]!r} is no part of the page: choose from {', '.join(known)}."
            for key, names, known in (("hide", hidden, tuple(PARTS)), ("lock", locked, LOCKABLE_PARTS))
            if (unknown := [name for name in names if name not in known])
        ]
        if play not in ("", "0", "1"):
            problems.append(f"play={play[:30]!r} is neither 0 nor 1.")
        return cls(frozenset(hidden) & set(PARTS), frozenset(locked) & set(LOCKABLE_PARTS), play == "1"), tuple(
            problems
        )

    def parameters(self) -> dict[str, str]:
        """The URL parameters; `read` gives equal restrictions.

        >>> Restrictions(frozenset({"more", "table"}), plays=True).parameters()
        {'hide': 'table,more', 'play': '1'}
        """
        texts = {"hide": join_parts(self.hidden), "lock": join_parts(self.locked), "play": "1" if self.plays else ""}
        return {key: text for key, text in texts.items() if text}

    def shows(self, part: str) -> bool:
        """Whether a part is on the page."""
        return part not in self.hidden

    def allows_change(self, part: str) -> bool:
        """Whether a part is on the page and not locked."""
        return self.shows(part) and part not in self.locked

    @property
    def fixed_parts(self) -> frozenset[str]:
        """The parts that nothing may change; a hidden part is fixed too, as nobody would see it change."""
        return self.locked | self.hidden.intersection(LOCKABLE_PARTS)

    @property
    def fixed_fields(self) -> frozenset[str]:
        """The fields of the experiment that nothing may change."""
        return frozenset(name for part in self.fixed_parts for name in PART_FIELDS[part])

    def refusal(self, *parts: str) -> str | None:
        """Why a control that changes these parts is disabled; None if none of them is fixed."""
        fixed = [PARTS[part] for part in parts if part in self.fixed_parts]
        return f"Fixed in this lesson: {', '.join(fixed)}." if fixed else None


def differing_parts(before: Experiment, after: Experiment) -> tuple[str, ...]:
    """The parts in which two experiments differ."""
    return tuple(
        part
        for part, names in PART_FIELDS.items()
        if any(getattr(before, name) != getattr(after, name) for name in names)
    )


def split_names(text: str) -> list[str]:
    """The names in "table,more", without repeats."""
    return [name for name in dict.fromkeys(text.split(",")) if name]


def join_parts(parts: Iterable[str]) -> str:
    """Names joined as in a link, in the order of the page."""
    return ",".join(part for part in PARTS if part in parts)
