"""A network that writes by hand, and the tools to look inside it."""
