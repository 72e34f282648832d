"""The charts of an address and their player as a single page, over plain HTTP: for who cannot open a websocket."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from pages.server.page_lock import PAGE_LOCK
from pages.server.run_store import RUNS
from pages.state.url import read_url
from pages.widgets.export.offline_page import offline_page

TOO_LONG = (
    "The network of this address takes too long to train for a page without a connection. "
    "Open one of the ready tables instead, for example this address with nothing after its question mark.\n"
)


def offline(request: Request) -> Response:
    """The file that *Code* offers, of the experiment in the address, where it is trained quickly; else a 422."""
    visit = read_url(request.query_params)
    with PAGE_LOCK.page():  # one visitor after the other, as everywhere
        history = RUNS.quick_run(visit.run.wanted)
        if history is None:
            return PlainTextResponse(TOO_LONG, 422)
        view = visit.view
        return HTMLResponse(offline_page(history, view.row_of(history), view.has_log_axis, view.cursor, None))
