"""Tables to start from, each with a story and a network. It may import `model`."""
