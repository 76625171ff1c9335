"""UNIPEN, from its raw distribution to lines."""
