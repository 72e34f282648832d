"""What can be taken away: programs, the page that plays offline, the worksheet. It may import `frame` and `player`."""
