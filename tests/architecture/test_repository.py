"""Rules for the whole repository: formatting, lint, types, requirements, files."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {
    "streamlit_app.py",
    "engine",
    "pages",
    "tests",
    "requirements.txt",
    "README.md",
    "LICENSE",
    "pyproject.toml",
    "deploy",
}
PINNED = re.compile(r"([A-Za-z0-9_.-]+)==[0-9][A-Za-z0-9.]*")
STEADY = re.compile(r"@(?:STEADY|MANY|SEVERAL|OFTEN)$|@settings\((?:STEADY|MANY)")
# Written so that the pattern is not itself such a path. A letter, digit or dot before the slash makes it a URL's.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|Users|mnt)/|\b[A-Z]:\\Users\b")


def repository_files() -> list[Path]:
    """Every file that is tracked, or would be if it were added, relative to the root."""
    # The checkout may belong to another user than the one who tests it, which git refuses by default.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


def misplaced(files: list[Path]) -> list[str]:
    """Files outside the top level that the project keeps to; dot files and folders may join it."""
    return [str(path) for path in files if path.parts[0] not in TOP_LEVEL and not path.parts[0].startswith(".")]


def machine_paths(text: str) -> list[str]:
    return [line for line in text.splitlines() if MACHINE_PATH.search(line)]


def unpinned(text: str) -> list[str]:
    """Requirement lines that do not name one version; comments, `-r` lines and what comes after a `;` aside."""
    lines = [line.split("#")[0].split(";")[0].strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("-r ") and not PINNED.fullmatch(line)]


@pytest.mark.parametrize("tool", ["ruff format --check", "ruff check", "mypy"])
def test_tool_is_content(tool: str) -> None:
    done = subprocess.run([sys.executable, "-m", *tool.split()], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{tool}\n{done.stdout}{done.stderr}"


def test_five_packages_at_run_time_each_pinned() -> None:
    text = (ROOT / "requirements.txt").read_text()
    assert unpinned(text) == []
    assert sorted(PINNED.findall(text)) == ["numpy", "pandas", "plotly", "segno", "streamlit"]


def test_test_requirements_are_pinned() -> None:
    for name in ("requirements.txt", "translations/pytorch.txt", "translations/keras.txt"):
        assert unpinned((ROOT / "tests" / name).read_text()) == []


def test_pinning_check_can_fail() -> None:
    assert unpinned("a==1.2; m\nb>=2\nc  # any\n-r d.txt\n") == ["b>=2", "c"]


def test_image_is_pinned_holds_the_product_and_runs_without_rights() -> None:
    steps = [line.split() for line in (ROOT / "deploy/Dockerfile").read_text().splitlines() if line[:1].isupper()]
    copied = [step[1] for step in steps if step[0] == "COPY"]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"streamlit_app.py", "engine", "pages", ".streamlit", "requirements.txt"} < set(copied)
    assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", steps[0][1])
    assert [step[1] for step in steps if step[0] == "USER"] == ["glassbox"]


def test_top_level() -> None:
    files = repository_files()
    assert Path("requirements.txt") in files
    assert misplaced(files) == []


def test_top_level_check_can_fail() -> None:
    files = [Path("notes.txt"), Path("src/a.py"), Path("engine/a.py"), Path(".ci/run")]
    assert misplaced(files) == ["notes.txt", "src/a.py"]


def test_no_machine_paths() -> None:
    found = []
    for path in repository_files():
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, not text
        found += [f"{path}: {line.strip()}" for line in machine_paths(text)]
    assert found == []


@pytest.mark.parametrize("folder", ["home", "root", "tmp", "Users"])
def test_machine_path_check_can_fail(folder: str) -> None:
    line = f"open('/{folder}/me/a.txt')"
    assert machine_paths(f"a = 1\n{line}\n") == [line]
    assert machine_paths(f"see https://example.org/{folder}/me") == []


def unsteady_lines(text: str) -> list[int]:
    """The lines with `@given` and no settings of `strategies` above: other examples each time, and a deadline."""
    lines = ["", *text.splitlines()]
    begins = [number for number, line in enumerate(lines) if line.lstrip().startswith("@given(")]
    return [number for number in begins if not STEADY.search(lines[number - 1])]


def test_examples_are_the_same_on_every_run() -> None:
    assert unsteady_lines("@given(st.text())\n@STEADY\n@given(st.text())") == [1]
    tests = [path for path in repository_files() if path.parts[0] == "tests" and path.suffix == ".py"]
    found = {path: unsteady_lines((ROOT / path).read_text(encoding="utf-8")) for path in tests}
    assert {path: lines for path, lines in found.items() if lines} == {}
