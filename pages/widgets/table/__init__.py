"""The table: the grid, pastes, columns, rows held out. It may import `frame`, `files` and `settings`."""
