"""Runs in the environment that has the packages: reads programs as JSON, and writes the output of each as JSON."""

import contextlib
import io
import json
import sys
import traceback

import numpy as np


def run_program(source: str) -> dict[str, str]:
    """The program's output, and the traceback of the exception that ended it, if any."""
    printed, error = io.StringIO(), ""
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(source, "program", "exec"), {"__name__": "__main__"})
        except Exception:
            error = traceback.format_exc()
    return {"printed": printed.getvalue(), "error": error}


if __name__ == "__main__":
    np.set_printoptions(floatmode="unique", threshold=sys.maxsize)  # print all numbers, to the last digit
    json.dump([run_program(source) for source in json.load(sys.stdin)], sys.stdout)
