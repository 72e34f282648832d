"""Undo and redo: the snapshots of a draft, from the oldest kept to the last one undone."""

from collections import deque
from dataclasses import dataclass, field

from pages.state.snapshot import Snapshot

MOST_STEPS = 100


@dataclass(slots=True)
class UndoStack:
    """The steps of undo: one per change of the table or the settings. A new change forgets those undone."""

    present: Snapshot | None = None
    past: deque[Snapshot] = field(default_factory=lambda: deque(maxlen=MOST_STEPS))
    future: list[Snapshot] = field(default_factory=list)

    def record(self, snapshot: Snapshot) -> None:
        """Record the current draft, if it has changed."""
        if snapshot == self.present:
            return
        if self.present is not None:
            self.past.append(self.present)
            self.future.clear()
        self.present = snapshot

    def undo(self) -> Snapshot | None:
        """The snapshot one step back; None if there is nothing to undo."""
        if self.present is None or not self.past:
            return None
        self.future.append(self.present)
        self.present = self.past.pop()
        return self.present

    def redo(self) -> Snapshot | None:
        """The snapshot undone last; None if there is nothing to redo."""
        if self.present is None or not self.future:
            return None
        self.past.append(self.present)
        self.present = self.future.pop()
        return self.present
