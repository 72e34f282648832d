"""What is shown: views (a script a page), built from widgets, which are built from charts, which are built from engine."""
