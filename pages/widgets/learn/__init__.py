"""The course: its lessons, and the page that shows them. It may import `frame`, `player` and `activations`."""
