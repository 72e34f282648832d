"""What the tab tells of operations on the pictures."""

import json

from streamlit.testing.v1 import AppTest

from tests.pages.components import components, send


def tell_operations(at: AppTest, *operations: object) -> AppTest:
    """The tab tells of operations, as it does until it hears that they were applied."""
    return send(at, components(at)["tab"].id, json.dumps({"operations": list(operations)}), "json_value")
