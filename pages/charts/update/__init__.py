"""One update step by step: matrices, formulas in letters and in numbers, lines of NumPy. It may import `style`."""
