"""The charts of a run, from its first kept epoch to its last, and the same in words. It may import `style`."""
