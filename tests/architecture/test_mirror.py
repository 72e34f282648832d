"""Tests mirror the tree: every folder of the engine, the charts and the widgets has a folder of tests."""

from pathlib import Path

from tests.architecture.rules import ROOT

MIRRORS = {"engine": "tests/engine", "pages/charts": "tests/charts", "pages/widgets": "tests/pages"}
BESIDE_THE_WIDGETS = {"state", "server"}
"""Packages of pages whose tests walk through the app, as those of the widgets do."""


def folders(path: Path) -> set[str]:
    return {folder.name for folder in path.iterdir() if any(folder.glob("*.py"))}


def test_every_package_has_its_tests_and_every_folder_of_tests_its_package() -> None:
    for product, tests in MIRRORS.items():
        packages = folders(ROOT / product)
        assert packages, product
        extra = BESIDE_THE_WIDGETS if product == "pages/widgets" else set()
        assert folders(ROOT / tests) == packages | extra
    assert list((ROOT / "tests/reading").glob("test_*.py"))
