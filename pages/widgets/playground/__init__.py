"""The Playground: table, settings, run, diagnosis.

It may import `frame`, `player`, `files`, `settings`, `table`, `sweep` and `compare`.
"""
