"""The source of the engine's own functions, for the exported scripts.

Types, docstrings, comments and `np.errstate` are removed and the arithmetic is left as it is, so a script cannot drift
from the engine: a function changed there changes in the script.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import lru_cache
from types import FunctionType
from typing import Any

import numpy as np

LINE_WIDTH = 100
"""Longest line of an exported script, in characters."""


class RemoveTypes(ast.NodeTransformer):
    """Removes types, and `with np.errstate(...)`, which a script replaces by one `np.seterr` at its top."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """`a: Array = b` becomes `a = b`."""
        self.generic_visit(node)
        assert node.value is not None, "a formula declares nothing without a value"
        return ast.copy_location(ast.Assign([node.target], node.value), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """`x.sum(axis=(-2, -1))` becomes `x.sum()`: a script has one table, not a stack of them."""
        self.generic_visit(node)
        node.keywords = [word for word in node.keywords if (word.arg, ast.unparse(word.value)) != ("axis", "(-2, -1)")]
        return node

    def visit_With(self, node: ast.With) -> ast.AST | list[ast.stmt]:
        """The body of `with np.errstate(...)` takes the place of the statement."""
        self.generic_visit(node)
        silent = all(ast.unparse(item.context_expr).startswith("np.errstate(") for item in node.items)
        return node.body if silent else node


class ReplaceNames(ast.NodeTransformer):
    """Replaces names by expressions."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Replace a name in `values`; leave any other."""
        return ast.parse(self.values[node.id], mode="eval").body if node.id in self.values else node


def function_tree(function: Callable[..., Any]) -> ast.FunctionDef:
    """The cleaned syntax tree of a function or lambda; a lambda becomes a function of one line."""
    code = inspect.unwrap(function).__code__
    lines, _ = inspect.findsource(code)
    found = functions_by_line("".join(lines)).get(code.co_firstlineno, [])
    if len(found) != 1:
        raise LookupError(f"{len(found)} functions begin where {function!r} should: give it a line of its own")
    node = deepcopy(found[0])  # what follows changes it
    if isinstance(node, ast.Lambda):
        node = make_function(code.co_name.strip("<>"), [a.arg for a in node.args.args], [ast.Return(node.body)])
    body = node.body[ast.get_docstring(node) is not None :]
    tree = make_function(node.name, [a.arg for a in node.args.args], body)
    RemoveTypes().visit(tree)
    *rest, last = tree.body
    if rest and isinstance(last, ast.Return) and isinstance(last.value, ast.Name):
        named = rest[-1]  # `a: Array = x; return a`, written so for mypy, becomes `return x`
        if isinstance(named, ast.Assign) and ast.unparse(named.targets[0]) == last.value.id:
            tree.body = [*rest[:-1], ast.Return(named.value)]
    return tree


@lru_cache(maxsize=32)
def functions_by_line(module: str) -> dict[int, list[ast.FunctionDef | ast.Lambda]]:
    """The functions and lambdas in a module's source, by the line they begin in. A script needs a module many times."""
    found: dict[int, list[ast.FunctionDef | ast.Lambda]] = {}
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            found.setdefault(node.lineno, []).append(node)
    return found


def make_function(name: str, parameters: list[str], body: list[ast.stmt]) -> ast.FunctionDef:
    """`def name(parameters): body`, without the parameters that the body does not use."""
    used = {node.id for line in body for node in ast.walk(line) if isinstance(node, ast.Name)}
    arguments = ast.arguments([], [ast.arg(p) for p in parameters if p in used], None, [], [], None, [])
    tree = ast.FunctionDef(name, arguments, body, [], None, None)
    return ast.fix_missing_locations(tree)


def parameter_names(tree: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in tree.args.args]


def return_expression(tree: ast.FunctionDef, values: Mapping[str, str]) -> str | None:
    """The expression that a one-line function returns, with `values` for its parameters; None for a longer function."""
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Return) or tree.body[0].value is None:
        return None
    return ast.unparse(ReplaceNames(values).visit(tree.body[0].value))


def take_output(tree: ast.FunctionDef, value: str) -> ast.FunctionDef:
    """Turn a function of z that begins with `s = value(z)` and needs no z after that into a function of the output s.

    The script has the output already. Any other function is returned unchanged.
    """
    first, *rest = tree.body
    if not rest or not isinstance(first, ast.Assign) or not isinstance(first.targets[0], ast.Name):
        return tree
    if ast.unparse(first.value) != f"{value}(z)" or any(
        isinstance(node, ast.Name) and node.id == "z" for line in rest for node in ast.walk(line)
    ):
        return tree
    names = [name for name in parameter_names(tree) if name != "z"]
    return make_function(tree.name, [*names, first.targets[0].id], rest)


class FunctionSources:
    """The functions that a script needs, each once and after the functions it calls, and their parameters."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.parameters: dict[str, list[str]] = {}
        self._names: dict[Callable[..., Any], str] = {}

    def text(self, start: int = 0, stop: int | None = None) -> str:
        """The source of the functions, in the order in which they were added."""
        return "\n\n\n".join(list(self.texts.values())[start:stop])

    def add(self, function: Callable[..., Any], about: str, name: str = "", value: str = "") -> str:
        """Add a function below the comment `about`, and return the name to call it by; NumPy's own need no source.

        `name` is the name given to a lambda. With `value`, the name of an activation, a function of z that only needs
        the activation's output becomes a function of the output.
        """
        if in_numpy := numpy_name(function):
            return in_numpy
        if function not in self._names:
            tree = function_tree(function)
            if tree.name == "lambda":
                tree.name = name
            self._names[function] = self.add_tree(take_output(tree, value), function.__globals__, about)
        return self._names[function]

    def inline(self, function: Callable[..., Any], values: Mapping[str, str], about: str, name: str = "") -> str:
        """What a function gives for `values`, texts by the names of its parameters: its expression where it is a single
        `return`, else a call of the function, which is then added under a comment."""
        if not numpy_name(function) and (found := return_expression(function_tree(function), values)):
            return found
        called = self.add(function, about, name)
        return f"{called}({', '.join(values[parameter] for parameter in self.parameters.get(called, values))})"

    def add_tree(self, tree: ast.FunctionDef, home: Mapping[str, object], about: str) -> str:
        """Add a syntax tree from the module with the globals `home`, after all it calls; returns the name to call."""
        constants: list[str] = []
        for node in ast.walk(tree):
            known = home.get(node.id) if isinstance(node, ast.Name) else None
            if isinstance(node, ast.Name) and isinstance(known, int | float):
                constants.append(f"{node.id} = {known!r}")
            elif isinstance(node, ast.Name) and isinstance(known, FunctionType) and known.__name__ != tree.name:
                node.id = self.add(known, f"{known.__name__}, which the next one needs", node.id)
        while tree.name in self.texts:  # a function of the same name in another module
            tree.name += "_"
        words = textwrap.wrap(about, LINE_WIDTH, initial_indent="# ", subsequent_indent="# ")
        self.parameters[tree.name] = parameter_names(tree)
        text = "\n".join([*words, ast.unparse(tree)])
        self.texts[tree.name] = "\n".join(dict.fromkeys(constants)) + "\n\n\n" + text if constants else text
        return tree.name


def numpy_name(function: Callable[..., Any]) -> str | None:
    """The name of a NumPy function in a script; None for any other function.

    >>> numpy_name(np.tanh), numpy_name(numpy_name)
    ('np.tanh', None)
    """
    name = getattr(function, "__name__", "")
    return f"np.{name}" if getattr(np, name, None) is function else None
