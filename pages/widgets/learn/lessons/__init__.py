"""The lessons, in teaching order; a lesson's key is its link (/learn?lesson=key), and its position its number.

To add one, add an entry to one of the dicts; the page, the list and the count pick it up. Do not write a number that
depends on a run: name it in the text and give it in `facts`, or let the question's `number` compute it. A word comes
after the lesson that explains it, and has a line in tests/pages/learn/terms.py; a control comes after the lesson that
`introduces` it. tests/pages/learn/test_claims.py then asks for a function of the same name that checks what the lesson
says, without the page.
"""

from pages.widgets.learn.lessons.difficulties import DIFFICULTIES
from pages.widgets.learn.lessons.lesson import Lesson
from pages.widgets.learn.lessons.neurons_and_layers import NEURONS_AND_LAYERS
from pages.widgets.learn.lessons.training import TRAINING

LESSONS: dict[str, Lesson] = NEURONS_AND_LAYERS | TRAINING | DIFFICULTIES
