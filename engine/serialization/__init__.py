"""An experiment as text: the parameters of a URL, and JSON. It may import `model`."""
