"""The parts of a page that remember and react: grid, controls, player, links."""
