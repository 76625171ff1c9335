"""Writing from the network: laws, endings, whole lines."""
