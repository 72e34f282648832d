"""The player, which moves all charts of a run to one epoch, and these charts. It may import `frame`."""
