"""Sweep: settings tried from many seeds, and fans of seeds. It may import `frame` and `settings`."""
