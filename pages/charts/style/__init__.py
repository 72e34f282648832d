"""What all charts share: colours, sizes, number formats, axes, highlights. It may import the engine."""
