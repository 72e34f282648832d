"""Undo and redo: the snapshots of a draft, from the oldest that is kept to the last that was undone."""

from collections import deque
from dataclasses import dataclass, field

from pages.state.snapshot import Snapshot

MOST_STEPS = 100


@dataclass(slots=True)
class UndoStack:
    """Every change of the table or the settings is one step; a new one forgets what was undone."""

    present: Snapshot | None = None
    past: deque[Snapshot] = field(default_factory=lambda: deque(maxlen=MOST_STEPS))
    future: list[Snapshot] = field(default_factory=list)

    def record(self, snapshot: Snapshot) -> None:
        """Take down what is typed now, if it differs from what was."""
        if snapshot == self.present:
            return
        if self.present is not None:
            self.past.append(self.present)
            self.future.clear()
        self.present = snapshot

    def undo(self) -> Snapshot | None:
        """Go one step back; None where nothing is left to undo."""
        if self.present is None or not self.past:
            return None
        self.future.append(self.present)
        self.present = self.past.pop()
        return self.present

    def redo(self) -> Snapshot | None:
        """Go forward to what was undone last; None where nothing was."""
        if self.present is None or not self.future:
            return None
        self.past.append(self.present)
        self.present = self.future.pop()
        return self.present
