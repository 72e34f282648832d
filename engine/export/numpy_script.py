"""The experiment as a NumPy script: one file that needs only NumPy, and ends with the same bits as the page."""

from engine.export.program_head import comment
from engine.export.sections import sections
from engine.model.experiment import Experiment


def numpy_script(experiment: Experiment) -> str:
    """Python source that trains the experiment and prints its outputs, loss and final weights, bit for bit.

    What a user typed is written only as numbers, and as quoted column names in comments.

    >>> "outputs = sigmoid(np.dot(input_layer, weights))" in numpy_script(Experiment())
    True
    """
    blocks: list[str] = []
    for part in sections(experiment):
        words = [comment(part.words)] if part.words else []
        title = f"# {part.title}" if blocks else "# A neural network that needs nothing but NumPy"
        blocks.append("\n".join([title, *words, part.code]))
    return "\n\n\n".join(blocks) + "\n"
