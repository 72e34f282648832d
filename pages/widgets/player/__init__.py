"""The player, one time cursor for all charts of a run, and the charts that it moves. It may import `frame`."""
