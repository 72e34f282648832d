"""An experiment as text: the parameters of a URL, and JSON. It may import `model`."""

from engine.serialization.json_format import from_json, to_json
from engine.serialization.url_format import from_url, to_url

__all__ = ["from_json", "from_url", "to_json", "to_url"]
