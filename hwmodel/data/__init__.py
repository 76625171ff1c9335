"""Handwriting collections: from raw distributions to lines, and from lines to batches."""
