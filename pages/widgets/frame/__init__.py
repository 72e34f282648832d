"""What every page has: the run brought up to date, messages, sharing, projector mode, the tab's storage."""
