"""Helpers for the rules of the architecture: the files they apply to, and what a source file imports."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Rule = Callable[[Path, str], list[str]]
STUB = '"""A page."""\nfrom streamlit_app import main\n\nmain()\n'


def imports(source: str) -> Iterator[tuple[int, str]]:
    """The line and dotted name of every import, also within functions; a relative import begins with a dot."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def product_files() -> list[Path]:
    folders = [path for folder in ("engine", "pages") for path in (ROOT / folder).rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in [*folders, ROOT / "streamlit_app.py"])


def offences(rule: Rule) -> list[str]:
    """Everything that breaks a rule."""
    return [offence for path in product_files() for offence in rule(path, (ROOT / path).read_text())]
