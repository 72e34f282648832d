"""The course: lessons as data, and the page that shows them. It may import `frame` and `player`."""
