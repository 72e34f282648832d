"""What is shown: views, a script a page, built from widgets, built from charts, built from engine."""
