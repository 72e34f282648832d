"""The presets: tables to start from, each with a network. It may import `model`."""
