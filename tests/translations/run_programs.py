"""Run by the environment that has the packages: programs come in as JSON, and what each prints goes out as JSON."""

import contextlib
import io
import json
import sys
import traceback

import numpy as np


def run_program(source: str) -> dict[str, str]:
    """What it prints, and the traceback of the exception that ended it, or nothing."""
    printed, error = io.StringIO(), ""
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(source, "program", "exec"), {"__name__": "__main__"})
        except Exception:
            error = traceback.format_exc()
    return {"printed": printed.getvalue(), "error": error}


if __name__ == "__main__":
    np.set_printoptions(floatmode="unique", threshold=sys.maxsize)  # outputs to the last digit, however many
    json.dump([run_program(source) for source in json.load(sys.stdin)], sys.stdout)
