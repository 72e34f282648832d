"""What the tab tells of operations on the pictures."""

import json

from streamlit.testing.v1 import AppTest


def tell_operations(at: AppTest, *operations: object) -> AppTest:
    """The tab tells of operations, as it does until it hears that they were applied."""
    (tab,) = (mount.proto.id for mount in at.get("bidi_component") if mount.proto.id.endswith("-tab"))
    states = at._tree.get_widget_states()
    others = [state for state in states.widgets if state.id != tab]
    del states.widgets[:]
    states.widgets.extend(others)
    states.widgets.add(id=tab, json_value=json.dumps({"operations": list(operations)}))
    return at._run(states)
