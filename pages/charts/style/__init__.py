"""What all pictures have in common: colours, sizes, number formats, axes, highlights. It may import the engine."""
