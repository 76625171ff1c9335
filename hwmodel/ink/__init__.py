"""Handwriting as numbers: strokes, sizes, the pen’s path. numpy only."""
