"""Tab storage: a query too long for any address is kept in the tab's sessionStorage, and restored from it."""

from urllib.parse import parse_qsl, urlencode

from pages.state.url import fingerprint, fits_in_url, is_table_lost, read_url, url_parameters
from pages.state.visit import Visit, current_visit, replace_visit


def query_to_keep(visit: Visit) -> str | None:
    """The query that the tab has to keep; None if it fits in the address."""
    parameters = url_parameters(visit)
    return None if is_table_lost(visit) or fits_in_url(parameters) else urlencode(parameters)


def restore_from_tab(query: str | None) -> None:
    """Open the query that the tab kept, if the address has its fingerprint. Page and restrictions stay as they are."""
    visit = current_visit()
    visit.link.stop_restoring()
    if query is not None and is_table_lost(visit):
        restored = read_url(dict(parse_qsl(query, keep_blank_values=True)))
        if fingerprint(restored) == visit.link.lost_fingerprint:
            restored.link.restrictions = visit.link.restrictions
            restored.link.stop_restoring()
            restored.turn_to(visit.page)
            restored.own_tables = visit.own_tables
            replace_visit(restored)
