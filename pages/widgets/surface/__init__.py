"""Surface: the loss over weights, and a training on it. It may import `frame`, `player` and `settings`."""
