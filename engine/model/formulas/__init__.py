"""Formulas over columns, such as x1^2 or sin(x2): read, never run as code, and computed. It may import `validation`."""
