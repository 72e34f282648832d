"""The HTML that a browser is given first: Streamlit's own, with our title and words for who cannot open a websocket."""

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

ROOT = Path(__file__).resolve().parents[1]
STREAMLITS_OWN = Path(st.__file__).parent / "static/index.html"
ADDED = Path(__file__).with_name("no_websocket.html").read_text(encoding="utf-8")
REPLACED = {"<title>Streamlit</title>": "<title>Glassbox</title>", "</body>": f"{ADDED}</body>"}


def first_html() -> str:
    """The page. RuntimeError where Streamlit's own is not as it was in 1.67."""
    text = STREAMLITS_OWN.read_text(encoding="utf-8")
    for old, new in REPLACED.items():
        if text.count(old) != 1:
            raise RuntimeError(f"{STREAMLITS_OWN} should have {old} once")
        text = text.replace(old, new)
    return text


def first_html_routes() -> list[Route]:
    """A route for every page's address. Streamlit answers all others, with a page that says that there is none."""
    text = first_html()

    async def answer(_: Request) -> HTMLResponse:
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    pages = sorted(stub.stem for stub in (ROOT / "pages").glob("[!_]*.py"))
    return [Route(f"/{path}", answer) for path in ("", *pages)]
