"""Exports: programs, the offline page, the worksheet. It may import `frame` and `player`."""
