"""The Playground: table, settings, diagnosis, summary. It may import `frame`, `player` and `files`."""
