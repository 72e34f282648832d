"""README's file map names every module exactly once, and no others; the tests that it names are there."""

import re
from collections import Counter
from pathlib import Path

from tests.architecture.rules import ROOT, product_files


def modules_of_map(text: str) -> list[Path]:
    """The modules that the map names: a package's line, "    engine/model/  ...", and under it its modules'."""
    folder, modules = Path(), []
    for line in text.splitlines():
        if match := re.match(r"    ([a-z_]+\.py|[a-z_/]+/) +\S", line):
            folder = Path(match[1])
            modules += [folder] if folder.suffix else []
        elif match := re.match(r"      ([a-z_0-9]+\.py) +\S", line):
            modules.append(folder / match[1])
    return modules


def test_every_module_is_in_the_map_once() -> None:
    stubs = {path for path in product_files() if path.parent == Path("pages")}
    modules = {path for path in product_files() if path.name != "__init__.py"} - stubs
    named = Counter(modules_of_map((ROOT / "README.md").read_text(encoding="utf-8")))
    assert sorted(modules - named.keys()) == []
    assert sorted(named.keys() - modules) == []
    assert [path for path, count in named.items() if count > 1] == []


def test_the_map_can_be_read() -> None:
    text = "Words.\n\n    a.py   the frame\n    b/c/   a package\n      d.py   words\n    tests/  more\n"
    assert modules_of_map(text) == [Path("a.py"), Path("b/c/d.py")]


def missing_tests(text: str) -> list[str]:
    """The tests that a text names, as file::function, and that no file has."""
    named = re.findall(r"`(tests/[a-z_/]+\.py)::(test_[a-z_0-9]+)`", text)
    assert named
    sources = {file: (ROOT / file).read_text(encoding="utf-8") if (ROOT / file).is_file() else "" for file, _ in named}
    return [f"{file}::{name}" for file, name in named if f"def {name}(" not in sources[file]]


def test_every_test_that_it_names_is_there() -> None:
    assert missing_tests((ROOT / "README.md").read_text(encoding="utf-8")) == []
    assert missing_tests("`tests/architecture/test_readme.py::test_gone`") == [
        "tests/architecture/test_readme.py::test_gone"
    ]
