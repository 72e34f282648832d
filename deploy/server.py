"""The hosted server: the same pages as on a laptop, run once before it says that it is healthy, and with so many seats.

A laptop starts `streamlit_app.py` itself: there Streamlit opens the browser, which it does not do for an `App`.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import get_instance

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # Streamlit adds the folder of this file alone

from deploy.first_html import first_html_routes
from deploy.front_end import KeptFrontEnd

SEATS = 250
"""Open pages at once. Each takes up to 4 MB, and a class has forty."""


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Run the page as the first visitor will, which imports everything. RuntimeError, and no server, if it fails."""
    ran, why = await get_instance().does_script_run_without_error()
    if not ran:
        raise RuntimeError(f"the page does not run: {why}")
    yield


class Seats:
    """Turns pages away while all seats are taken, so that a flood cannot take the memory of those who sit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.free = app, SEATS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request; a page's own connection only while a seat is free."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
        elif not self.free:
            await send({"type": "websocket.close", "code": 1013})  # try again later; before accepting, it is a 403
        else:
            self.free -= 1
            try:
                await self.app(scope, receive, send)
            finally:
                self.free += 1


# What these import waits for the page, which says how many threads NumPy may have before it imports NumPy.

METRICS = """\
# TYPE glassbox_trainings counter
# HELP glassbox_trainings Trainings since the server was started, one for each, whoever waited for it.
glassbox_trainings_total {trained}
# EOF
"""


def metrics(_: Request) -> Response:
    """What Streamlit's own /_stcore/metrics cannot know, in the same form."""
    from pages.server.run_store import RUNS

    return PlainTextResponse(METRICS.format(trained=RUNS.trained), media_type="application/openmetrics-text")


def offline(request: Request) -> Response:
    """The charts of an address as a single page."""
    from deploy import offline as page

    return page.offline(request)


app = st.App(
    "../streamlit_app.py",
    lifespan=warm,
    routes=[*first_html_routes(), Route("/offline", offline), Route("/metrics", metrics)],
    middleware=[Middleware(Seats), Middleware(KeptFrontEnd)],
)
