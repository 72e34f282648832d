"""What of a network is trained, at which rate, by which optimizer and until when. It may import `validation`."""
