"""What of a network is trained, at which rate and until when. It may import `validation`."""
