"""An activation's curve with its slope, and a layer's neurons on it. It may import `style`."""
