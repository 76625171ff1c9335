"""What else the network could have written, from every point."""
