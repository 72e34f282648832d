"""The Playground: table, settings, advice, summary. It may import `frame`, `player` and `files`."""
