"""The Share dialog: links to the page as it is, to a lesson with parts hidden or locked, or to a preset by its name.

Each can be an iframe instead.

A link sets light or dark colours by Streamlit's `embed_options`, which a script cannot write into the address itself.
They survive a change of page only together with `embed`, which alone would keep the page's path out of the address.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from urllib.parse import quote, urlencode

import segno
import streamlit as st

from engine import PRESETS
from engine.data.presets import STORIES
from pages.private_api.page_type import PageType
from pages.private_api.style import style
from pages.state.projector import Projector
from pages.state.restrictions import LOCKABLE_PARTS, PARTS, RESTRICTION_KEYS, Restrictions
from pages.state.url import fits_in_url, url_parameters
from pages.state.visit import Visit
from pages.state.widget_values import forget_values, keep_values, set_first_values
from pages.widgets.frame import iframe

LONGEST_QR_LINK = 1_200
"""The QR code of a longer link is too fine for a camera at the back of a classroom."""

LONGEST_COMMON_LINK = 8_000
"""Proxies often refuse longer ones: nginx does by default (large_client_header_buffers)."""

Parameters = Mapping[str, str | tuple[str, ...]]

LINK_KINDS = {"all": "As it is", "lesson": "For a lesson", "clean": "Ready table"}
STEP_BY_STEP = "step"
"""The path of the page that opens where most happens, unless an epoch is named, even the last."""

COLOR_SCHEMES = {"": "as each visitor likes", "light_theme": "light", "dark_theme": "dark"}
EMBED_OPTIONS = ("show_toolbar", "show_padding")
"""With these an embedded page keeps its toolbar and padding."""

EMBEDDED: Parameters = {"embed": "true", "embed_options": EMBED_OPTIONS}

SAVE_AS_FILE = "Save it as a file instead: *Files, experiment as JSON*, on the Playground."


def share_button(visit: Visit, pages: Sequence[PageType], here: PageType) -> None:
    """The Share button of every page, and the dialog while it is open."""
    st.button(
        "Share",
        key="open share",
        icon=":material/share:",
        type="tertiary",
        on_click=partial(visit.share, True),
        help="Links to this page, for a message, a lesson or the projector.",
    )
    if visit.is_sharing:
        st.dialog("Share", icon=":material/share:", on_dismiss=partial(visit.share, False))(share_dialog)(
            visit, {page.url_path: page.title for page in pages}, here.url_path
        )
    else:
        forget_values([*lesson_form_defaults(visit, here.url_path), iframe.CHOICE, *iframe.FORM])


def share_dialog(visit: Visit, titles: Mapping[str, str], here: str) -> None:
    """The dialog: the choice of a link, and the link."""
    st.html(style("link"))
    form = lesson_form_defaults(visit, here)
    kind = st.segmented_control(
        "Which link",
        list(LINK_KINDS),
        default="all",
        required=True,
        format_func=LINK_KINDS.__getitem__,
        key="share kind",
        label_visibility="collapsed",
        # Set anew for the run that draws the form: the browser would show a widget's default in place of what was kept.
        on_change=lambda: keep_values(form),
    )
    if kind == "lesson":
        set_first_values(form)
    else:
        keep_values(form)
    base = app_root(st.context.url or "", here)
    ready = PRESETS.get(visit.draft.preset)
    if kind == "clean" and ready is None:
        st.caption(f"The table on this page is none of the ready ones. *{LINK_KINDS['all']}* links to it.")
    elif kind == "clean":
        st.caption(f"The table “{STORIES[visit.draft.preset][0]}” as it comes, without changes.")
        if visit.run.wanted != ready:
            st.info(f"That is not what you see: you have changed it. *{LINK_KINDS['all']}* links to what you see.")
        show_link(base, "", {"preset": visit.draft.preset})
    elif kind == "lesson":
        path, parameters = lesson_form(visit, titles)
        show_link(base, path, parameters, short=visit.run.wanted == ready)
    else:
        st.caption("Table, settings, seed, page and epoch: whoever opens it sees the same numbers.")
        show_link(base, here, unrestricted_parameters(visit), short=visit.run.wanted == ready)


def app_root(url: str, path: str) -> str:
    """The app's address, without a page's path or a trailing slash.

    >>> app_root("https://school.example/glassbox/learn", "learn")
    'https://school.example/glassbox'
    """
    return url.rstrip("/").removesuffix(f"/{path}" if path else "")


def unrestricted_parameters(visit: Visit) -> dict[str, str]:
    """The visit as URL parameters, with nothing hidden or locked."""
    return {key: text for key, text in url_parameters(visit).items() if key not in RESTRICTION_KEYS}


def lesson_form_defaults(visit: Visit, here: str) -> dict[str, object]:
    """The form's first values, by widget key: those of the visitor's own link, or of the page as it is."""
    last, history = visit.run.wanted.epochs, visit.run.history
    epoch = last if visit.view.cursor is None else visit.view.cursor
    if here == STEP_BY_STEP and history is not None:
        epoch = visit.view.update_epoch_of(history)
    colours = f"{st.context.theme.type}_theme" if st.context.is_embedded else ""
    return {
        "share page": here,
        "share epoch": min(epoch, last),
        "share colours": colours if colours in COLOR_SCHEMES else "",
        "share play": visit.link.restrictions.plays,
        "share projector": visit.projector is not None,
        "share hide": [part for part in PARTS if part in visit.link.restrictions.hidden],
        "share lock": [part for part in LOCKABLE_PARTS if part in visit.link.restrictions.locked],
    }


def lesson_form(visit: Visit, titles: Mapping[str, str]) -> tuple[str, Parameters]:
    """The form for a lesson's link; returns the path of the page it opens, and its parameters."""
    left, right = st.columns(2, gap="small")
    path = left.selectbox("Opens on", list(titles), format_func=titles.__getitem__, key="share page")
    last = visit.run.wanted.epochs
    epoch = right.number_input("At epoch", 0, last, step=1, key="share epoch")
    colours = left.selectbox("Colours", list(COLOR_SCHEMES), format_func=COLOR_SCHEMES.__getitem__, key="share colours")
    plays = right.checkbox(
        "Plays when it opens", disabled=path != "", key="share play", help="On the Playground, once."
    )
    wall = left.checkbox("Projector mode", key="share projector", help="Large, on one screen.")
    hidden = choose_parts("Hide", PARTS, "share hide")
    locked = choose_parts(
        "Lock: it can be read, but not changed. What is hidden is locked as well",
        LOCKABLE_PARTS,
        "share lock",
    )
    restrictions = Restrictions(hidden, locked - hidden, plays and path == "")
    projector = (visit.projector or Projector()) if wall else None
    view = replace(visit.view, cursor=None if epoch == last and path != STEP_BY_STEP else epoch)
    seen = unrestricted_parameters(replace(visit, page=path, view=view, projector=projector))
    dressed: Parameters = {"embed": "true", "embed_options": (colours, *EMBED_OPTIONS)} if colours else {}
    return path, {**seen, **restrictions.parameters(), **dressed}


def choose_parts(label: str, parts: Iterable[str], key: str) -> frozenset[str]:
    """The parts of the Playground picked here."""
    return frozenset(st.pills(label, list(parts), selection_mode="multi", format_func=PARTS.__getitem__, key=key))


def show_link(base: str, path: str, parameters: Parameters, short: bool = False) -> None:
    """The link with its copy button and QR code, or an iframe of it, or the reason why there is neither.

    `short` says whether a preset's link would show the same experiment.
    """
    link = url(base, path, parameters)
    if not fits_in_url(parameters):
        st.warning(
            f"This experiment is too large for a link: it would have {len(link):,} characters, and not every server "
            f"takes so many. {SAVE_AS_FILE}",
            icon=":material/link_off:",
        )
        return
    if iframe.choose_iframe():
        iframe.show_iframe(url(base, path, {**EMBEDDED, **parameters}))
        return
    with st.container(key="link"):
        st.code(link, language=None, wrap_lines=True, height=120 if len(link) > 300 else "content")
    if len(link) > LONGEST_COMMON_LINK:
        st.caption(
            f"This link has {len(link):,} characters. Some mail programs and school networks cut it. {SAVE_AS_FILE}"
        )
    if len(link) > LONGEST_QR_LINK:
        shorter = f" *{LINK_KINDS['clean']}* is a short link." if short else ""
        st.caption(
            f"With {len(link):,} characters it is too long for a QR code that a camera can read: {LONGEST_QR_LINK:,} "
            f"are the most.{shorter}"
        )
    else:
        with st.container(horizontal_alignment="center"):
            st.image(qr_code_svg(link), width=240, alt="QR code of the link")


def url(base: str, path: str, parameters: Parameters) -> str:
    """The address of a page, with commas and semicolons unescaped, so that lists are easier to read."""
    return f"{base}/{path}?{urlencode(parameters, doseq=True, quote_via=quote, safe=',;')}"


def qr_code_svg(link: str) -> str:
    """The QR code of a link as SVG, black on white in dark mode too, with the quiet zone of ISO/IEC 18004."""
    picture = BytesIO()
    segno.make(link, error="l", micro=False).save(
        picture, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False
    )
    return picture.getvalue().decode()
