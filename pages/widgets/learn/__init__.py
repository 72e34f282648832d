"""The course: lessons as data, and the page that shows them. It may import `frame`, `player` and `activations`."""
