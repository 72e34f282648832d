"""The loss over two weights, or along one, with the path of a training on it. It may import the engine and `style`."""
