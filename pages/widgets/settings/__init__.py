"""The settings: the network, how it is trained, its start weights. It may import `frame`."""
