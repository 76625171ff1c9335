"""Training a network, and its card."""
