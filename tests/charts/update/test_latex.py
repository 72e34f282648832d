"""LaTeX: numbers as in the charts, and names that can be nothing but text."""

import pytest

from pages.charts.update.latex import (
    first_formula,
    latex_factor,
    latex_number,
    latex_sum,
    latex_text,
    skip_middle,
    stack_formulas,
    sum_of_products,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.5, "-0.5"),
        (1234.5, r"1{,}234"),
        (2e-9, r"2 \cdot 10^{-9}"),
        (-3e12, r"-3 \cdot 10^{12}"),
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


def test_a_sum_of_eight_terms_has_all_of_them() -> None:
    found = sum_of_products([1.0] * 8, [2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], 44.0)
    assert found.count(r"1 \cdot") == 8
    assert "ldots" not in found
    assert found.removesuffix(r" \end{aligned}").endswith("= 44")


def test_of_a_long_sum_the_other_terms_are_one_number_and_it_comes_out() -> None:
    found = sum_of_products([1.0] * 500, [-float(i) for i in range(500)], -124_750.0, keep=400)
    assert r"1 \cdot (-400)" in found
    others = sum(range(10, 500)) - 400
    assert rf"\underbrace{{(-{others:,})}}_{{\text{{489 more terms}}}}".replace(",", "{,}") in found
    assert r"= -124{,}750" in found


def test_names_of_a_long_sum_have_dots_where_some_are_left_out() -> None:
    terms = [f"t{i}" for i in range(20)]
    assert skip_middle(terms, 0, 5) == ["t0", "t1", "t2", r"\ldots", "t19"]
    assert skip_middle(terms, 10, 5) == ["t0", "t1", "t2", r"\ldots", "t10", r"\ldots", "t19"]
    assert skip_middle(terms[:5], 1, 5) == terms[:5]


def test_a_sum_that_is_zero_up_to_rounding_says_so() -> None:
    assert sum_of_products([0.1, -0.3], [3.0, 1.0], 5.6e-17, zero_below=1e-15) == r"0.1 \cdot 3 - 0.3 \cdot 1 \approx 0"


def test_of_two_formulas_one_with_dots_is_too_long_for_half_a_screen() -> None:
    names = latex_sum(skip_middle([rf"\text{{x{i}}} \cdot w_{{\text{{x{i}}}}}" for i in range(20)], 0, 5))
    assert first_formula(stack_formulas("z = W", rf"z = {names}")) == "z = W"


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
