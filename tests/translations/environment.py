"""A separate virtual environment for PyTorch and Keras, in which to run programs."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
ENVIRONMENT = ROOT / ".venv-translations"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MINUTES_TO_INSTALL = 10


@dataclass(frozen=True)
class Package:
    """A package to run programs with: the file that pins it, and the environment variables that it needs."""

    label: str
    requirements: Path
    variables: dict[str, str] = field(default_factory=dict)


PYTORCH = Package(
    "PyTorch",
    FOLDER / "pytorch.txt",
    {"OMP_NUM_THREADS": "1"},  # on small networks, threads only slow each other down
)
KERAS = Package(
    "Keras",
    FOLDER / "keras.txt",
    {
        "KERAS_BACKEND": "tensorflow",  # the backend that the exported program sets
        "KERAS_HOME": str(ENVIRONMENT / "keras"),  # instead of the user's own settings
        "TF_CPP_MIN_LOG_LEVEL": "3",
    },
)


class InstallError(Exception):
    """The package cannot be installed on this machine; the message says why."""


def install(package: Package) -> None:
    """Install the package and the app's version of NumPy if they are missing; InstallError if that fails.

    It installs only wheels, as building PyTorch or TensorFlow from source takes hours.
    """
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1"]
    pip += ["--no-compile", "--only-binary", ":all:", "-r", str(package.requirements)]
    (numpy,) = re.findall(r"^numpy==.*$", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    commands = [[sys.executable, "-m", "venv", str(ENVIRONMENT)]] * (not PYTHON.exists())
    for command in [*commands, [*pip, numpy]]:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=60 * MINUTES_TO_INSTALL)
        except subprocess.TimeoutExpired:
            raise InstallError(f"pip took more than {MINUTES_TO_INSTALL} minutes") from None
        if done.returncode:
            output = (done.stdout + done.stderr).strip()
            error = re.search(r"^ERROR: (.*?)( \(from versions.*)?$", output, re.MULTILINE)
            raise InstallError(f"pip says: {error[1]}" if error else f"{command} failed: {output}")


def run(package: Package, programs: Iterable[str]) -> list[str]:
    """The output of each program, with all digits of arrays, or the traceback of the exception that ended it.

    One interpreter runs all of them, as the imports take seconds.
    """
    command = [str(PYTHON), "-I", str(FOLDER / "run_programs.py")]
    source, variables = json.dumps(list(programs)), os.environ | package.variables
    done = subprocess.run(command, input=source, capture_output=True, text=True, env=variables)
    if done.returncode:
        raise RuntimeError(f"{package.label} ended with {done.returncode}: {done.stderr[-2000:]}")
    return [result["error"] or result["printed"] for result in json.loads(done.stdout)]
