"""What every page has: the update of its run, messages, sharing, projector mode, tab storage."""
