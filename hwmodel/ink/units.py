"""The model unit, in which all ink is measured, and how large the training lines are in it. Imports nothing."""

WHITEBOARD_UNITS = 40  # in one model unit; the training lines' points lie on whole ones
X_HEIGHT = 128.6 / WHITEBOARD_UNITS  # model units: the letter x of the training lines, 128.6 whiteboard units in the median
STEP = 0.15 * X_HEIGHT  # model units: the median distance of two of their points
