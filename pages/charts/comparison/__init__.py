"""Many runs in one picture: the map of a sweep, a fan of seeds. It may import the engine and `style`."""
