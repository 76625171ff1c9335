"""Ink as text, bytes and links, in and out."""
