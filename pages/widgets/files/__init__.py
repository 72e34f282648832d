"""Files opened, with a preview before anything is replaced, and files saved. It may import `frame`."""
