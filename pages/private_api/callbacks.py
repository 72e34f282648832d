"""Callbacks of widgets run to their ends."""

import threading
from functools import lru_cache
from typing import Any

from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.state.safe_session_state import SafeSessionState


@lru_cache(maxsize=1)
def let_callbacks_finish() -> None:
    """Have a run give way to the next one only once its callbacks are done.

    Streamlit stops a run wherever it touches the session state when another message is there. Where that is before its
    callbacks or within one (`SafeSessionState.on_script_will_rerun`), what it was called for is lost, or half of it: a
    click, or an operation that is counted already. So meanwhile `ScriptRequests.on_scriptrunner_yield` has nothing to
    say, and what was asked for waits. Needs runner.fastReruns = false (.streamlit/config.toml).
    """
    within = threading.local()
    states: Any = SafeSessionState
    requests: Any = ScriptRequests
    call_callbacks, next_request = states.on_script_will_rerun, requests.on_scriptrunner_yield

    def call_callbacks_undisturbed(state: SafeSessionState, *values: object, **replayed: object) -> None:
        within.callbacks = True
        try:
            call_callbacks(state, *values, **replayed)
        finally:
            within.callbacks = False

    def next_request_after_callbacks(asked: ScriptRequests) -> object:
        return None if getattr(within, "callbacks", False) else next_request(asked)

    states.on_script_will_rerun = call_callbacks_undisturbed
    requests.on_scriptrunner_yield = next_request_after_callbacks
