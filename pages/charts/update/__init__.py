"""The steps of one update: matrices, formulas in letters and in numbers, lines of NumPy. It may import `style`."""
