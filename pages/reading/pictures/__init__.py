"""What is done on the pictures, read from what the browser sends: points drawn on the map, changes of the network.

Anybody can send anything, so whatever is none of these is refused or left out. It may import `reading`.
"""
