"""Writes tests/data/pytorch.json: the output of the exported programs with the PyTorch version pinned in pytorch.txt.

Run it again after a change of an export, a preset or that pin: python -m tests.translations.write_pytorch_numbers
"""

from engine.export.pytorch import pytorch_script
from tests.translations import environment, pytorch_numbers
from tests.translations.environment import PYTORCH
from tests.translations.pytorch_numbers import WRITE, Epoch, Training, digest
from tests.translations.pytorch_programs import STEP_BY_STEP, one_epoch_program, states_along_the_way, whole_trainings
from tests.translations.results import read_result

VERSIONS = """
import platform, numpy, torch
print(platform.python_version(), numpy.__version__, torch.__version__.partition("+")[0])
"""


def main() -> None:
    environment.install(PYTORCH)
    experiments = whole_trainings()
    states = [(name, state) for name, e in STEP_BY_STEP.items() for state in states_along_the_way(e)]
    programs = [
        *map(pytorch_script, experiments),
        *(one_epoch_program(STEP_BY_STEP[name], state) for name, state in states),
    ]
    versions, *printed = environment.run(PYTORCH, [VERSIONS, *programs])
    python, numpy, torch = versions.split()
    numbers = iter([(digest(program), read_result(text)) for program, text in zip(programs, printed, strict=True)])
    pytorch_numbers.write(
        {"written_by": WRITE, "torch": torch, "numpy": numpy, "python": python},
        [Training(e, *next(numbers)) for e in experiments],
        [Epoch(name, state, *next(numbers)) for name, state in states],
    )


if __name__ == "__main__":
    main()
