"""What a tab keeps for a visitor: the query that is too large for any address, and the visitor's own tables."""

from urllib.parse import parse_qsl, urlencode

from pages.state.url import fingerprint, fits_in_url, is_table_lost, read_url, url_parameters
from pages.state.visit import Visit, current_visit, replace_visit


def query_to_keep(visit: Visit) -> str | None:
    """The query that the tab must keep, or None where the address holds all of it."""
    parameters = url_parameters(visit)
    return None if is_table_lost(visit) or fits_in_url(parameters) else urlencode(parameters)


def restore_from_tab(query: str | None) -> None:
    """Open what a tab has kept, if that is what the address stands for; the page stays where it is, and its locks."""
    present = current_visit()
    present.link.stop_restoring()
    if query is not None and is_table_lost(present):
        kept = read_url(dict(parse_qsl(query, keep_blank_values=True)))
        if fingerprint(kept) == present.link.lost:
            kept.link.restrictions = present.link.restrictions
            kept.link.stop_restoring()
            kept.turn_to(present.page)
            kept.own_tables = present.own_tables
            replace_visit(kept)
