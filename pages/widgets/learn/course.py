"""The course: the open lesson, the variant chosen in it, and the answered questions."""

from dataclasses import dataclass

from engine import Experiment
from engine.data.presets import preset_of
from pages.server.run_store import RUNS
from pages.state.course_progress import CourseProgress, current_progress, read_progress
from pages.state.visit import Visit, current_visit
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import AskedNetwork, Lesson


@dataclass(frozen=True, slots=True)
class Course:
    """The lessons, and a visitor's progress through them."""

    visit: Visit  # the visitor's own; the course only uses its `lesson`
    progress: CourseProgress

    @property
    def lesson_visit(self) -> Visit:
        """The visit of the lessons."""
        return self.progress.visit

    @property
    def key(self) -> str:
        """The key of the open lesson: the address's, or the last one opened; the first if there is no such lesson."""
        key = self.visit.lesson or self.progress.opened
        return key if key in LESSONS else next(iter(LESSONS))

    @property
    def previous(self) -> str | None:
        """The key of the lesson before the open one; None at the first."""
        return neighbour(self.key, -1)

    @property
    def next(self) -> str | None:
        """The key of the lesson after the open one; None at the last."""
        return neighbour(self.key, 1)

    @property
    def lesson(self) -> Lesson:
        """The open lesson."""
        return LESSONS[self.key]

    @property
    def choice(self) -> str | None:
        """The answer chosen to the lesson's question; None before."""
        answer = self.progress.answers.get(self.key)
        return answer.choice if answer else None

    @property
    def variants(self) -> dict[str, Experiment]:
        """The lesson's variants, and the network that its question is about once the answer is known."""
        asked = self.lesson.question.network if self.choice or self.key in self.progress.revealed else None
        return {**self.lesson.variants} | ({asked.name: asked.experiment} if asked else {})

    @property
    def variant(self) -> str:
        """The variant of the lesson whose run is shown."""
        variant = self.progress.variants.get(self.key, "")
        return variant if variant in self.variants else self.lesson.first

    @property
    def experiment(self) -> Experiment:
        """The experiment whose run is shown."""
        return self.variants[self.variant]

    @property
    def asked_network(self) -> AskedNetwork | None:
        """The question's network, if it is the one shown."""
        asked = self.lesson.question.network
        return asked if asked and asked.name == self.variant else None

    def has_introduced(self, control: str) -> bool:
        """Whether the open lesson, or one before it, has introduced this control."""
        lessons = list(LESSONS.values())[: list(LESSONS).index(self.key) + 1]
        return any(control in lesson.introduces for lesson in lessons)

    def answer(self, choice: str) -> None:
        """Answer the open lesson's question; the drawing turns to the network that it is about."""
        self.progress.answer(self.key, choice, choice == self.lesson.question.answer()[0])
        self.turn_to_asked_network()

    def reveal(self) -> None:
        """Show the answer to the open lesson's question on a projector; the drawing turns as when it is answered."""
        self.progress.revealed.add(self.key)
        self.turn_to_asked_network()

    def turn_to_asked_network(self) -> None:
        """Choose the network that the open lesson's question is about, if there is one."""
        if self.lesson.question.network:
            self.progress.choose_variant(self.key, self.lesson.question.network.name)
            self.choose_row()

    def choose_row(self) -> None:
        """Turn to the row of the network shown, if it has one of its own."""
        if self.asked_network and self.asked_network.row is not None:
            self.lesson_visit.view.choose_row(self.asked_network.row)

    def restore(self, text: str | None) -> None:
        """Bring back what the tab kept of this course, and its open lesson unless the address names one."""
        answers, variants, opened = read_progress(text)
        self.progress.restore(
            {key: a for key, a in answers.items() if key in LESSONS and a.choice in LESSONS[key].question.choices},
            {key: variant for key, variant in variants.items() if key in LESSONS},
        )
        if not self.visit.lesson and opened in LESSONS:
            self.open(opened)

    def open(self, key: str) -> None:
        """Open a lesson; its key becomes part of the address."""
        self.visit.open_lesson(key)

    def take_to_playground(self) -> None:
        """Load the lesson's network into the Playground; the address has no lesson until the visitor returns to it."""
        self.visit.load(self.experiment, preset_of(self.experiment) or "tutorial")
        self.visit.want(self.experiment)  # now, not at the next run: that would reset a cursor set after this
        self.visit.open_lesson("")

    def load_open_lesson(self) -> None:
        """Show the open lesson's run; a newly opened lesson starts at its own row and epoch."""
        shown = self.lesson_visit
        if not self.visit.lesson and self.key != next(iter(LESSONS)):
            self.visit.open_lesson(self.key)
        if self.progress.opened != self.key:
            self.progress.open(self.key)
            shown.view.choose_row(self.lesson.row)
            self.choose_row()
        elif shown.run.wanted == self.experiment and shown.run.history:
            return
        shown.want(self.experiment)
        shown.show_run(RUNS.get_or_train(self.experiment))
        shown.view.move(self.asked_network.cursor if self.asked_network else self.lesson.cursor)


def current_course() -> Course:
    """The visitor's course, with the run of the open lesson loaded."""
    course = Course(current_visit(), current_progress())
    course.load_open_lesson()
    return course


def neighbour(key: str, way: int) -> str | None:
    """The key of the lesson `way` places after this one; None if there is none."""
    place = list(LESSONS).index(key) + way
    return list(LESSONS)[place] if 0 <= place < len(LESSONS) else None
