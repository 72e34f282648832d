"""Helpers for the Share dialog, and the link it offers."""

from urllib.parse import parse_qs, urlsplit

from streamlit.testing.v1 import AppTest

from tests.pages.visit import press, visit

SITE = "https://school.example/glassbox"


def at_site(link: dict[str, str] | None = None, page: str = "playground") -> AppTest:
    at = visit(link)
    at.context["url"] = SITE
    if page != "playground":
        at.switch_page(f"pages/views/{page}.py")
    return at.run()


def share(at: AppTest, kind: str = "all") -> AppTest:
    press(at, "open share")
    if kind != "all":
        at.segmented_control(key="share kind").set_value(kind).run()
    assert not at.exception
    return at


def pick(at: AppTest, what: str, *parts: str) -> None:
    """Choose the parts to hide or to lock."""
    at.button_group(key=f"share {what}").set_value(list(parts)).run()
    assert not at.exception


def links(at: AppTest) -> list[str]:
    return [code.value for code in at.code if str(code.value).startswith("http")]


def link(at: AppTest) -> str:
    (found,) = links(at)
    return str(found)


def parameters(link: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
