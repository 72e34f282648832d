"""Many runs in one picture: a sweep, a fan of seeds, compared runs. It may import the engine, `style`, `history`."""
