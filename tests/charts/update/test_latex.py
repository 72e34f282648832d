"""LaTeX: numbers as in the charts, and names that can be nothing but text."""

import pytest

from pages.charts.update.latex import latex_factor, latex_number, latex_sum, latex_text, sum_of_products


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.5, "-0.5"),
        (1234.5, r"1{,}234"),
        (2e-9, r"2.0 \cdot 10^{-9}"),
        (-3e12, r"-3.0 \cdot 10^{12}"),
        (float("inf"), r"\infty"),
        (float("-inf"), r"-\infty"),
        (float("nan"), r"\text{undefined}"),
    ],
)
def test_numbers(value: float, written: str) -> None:
    assert latex_number(value) == written


def test_negative_factors_have_brackets() -> None:
    assert sum_of_products([1.0, -2.0], [-3.0, 4.0], -11.0) == r"1 \cdot (-3) - 2 \cdot 4 = -11"
    assert latex_factor(-1.0) == "(-1)"


def test_long_sums_are_cut_and_keep_the_chosen_term() -> None:
    terms = [f"t{i}" for i in range(20)]
    assert latex_sum(terms) == r"t0 + t1 + t2 + t3 + t4 + \ldots"
    assert latex_sum(terms, keep=17) == r"t0 + t1 + t2 + t3 + t17 + \ldots"
    assert latex_sum(terms[:5]) == "t0 + t1 + t2 + t3 + t4"


def test_long_lines_are_broken() -> None:
    found = sum_of_products([0.123] * 5, [-0.456] * 5, -0.28)
    lines = found.removeprefix(r"\begin{aligned} & ").removesuffix(r" \end{aligned}").split(r" \\ & ")
    assert len(lines) > 1
    assert " ".join(lines) == " + ".join([r"0.123 \cdot (-0.456)"] * 5) + " = -0.28"


@pytest.mark.parametrize("name", [r"\href{x}{y}", "a_b", "50%", "$x$", "a^2", "{}", "~", "#1", "&"])
def test_a_name_stays_a_name(name: str) -> None:
    found = latex_text(name)
    assert found.startswith(r"\text{")
    assert found.endswith("}")
    inner = found[len(r"\text{") : -1]
    plain = inner
    for escape in (r"\%", r"\_", r"\#", r"\&", r"\$", r"\{", r"\}", r"\^{}", r"\~{}"):
        plain = plain.replace(escape, "")
    assert not set(plain) & set("\\%_#&${}^~")
