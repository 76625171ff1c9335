"""Every colour and every colour scale with its limits, once. Imports nothing."""

# What a cell has inside, and the fixed limits its colours stand for. Only the cell state can go beyond them.
LIMITS = {
    "cell state": (-3.0, 3.0),  # the Distill article's
    "hidden state": (-1.0, 1.0),
    "input gate": (0.0, 1.0),
    "forget gate": (0.0, 1.0),
    "candidate": (-1.0, 1.0),
    "output gate": (0.0, 1.0),
}
# ColorBrewer's BrBG, diverging and safe for colour-blind readers: brown is negative, teal positive.
BRBG = ("#543005", "#8c510a", "#bf812d", "#dfc27d", "#f6e8c3", "#f5f5f5", "#c7eae5", "#80cdc1", "#35978f", "#01665e", "#003c30")
# The scale of activations on light and on dark paper: what is usual recedes into the paper, on dark paper into the dark.
ACTIVATION_RAMP: dict[str, tuple[str, ...]] = {
    "light": BRBG,
    "dark": ("#ffe3ad", "#f3bb63", "#cf8b35", "#8f5f2a", "#4d3a24", "#1d2122", "#1f4442", "#22706a", "#32a497", "#72d6c6", "#c8f7ec"),
}

# For ink, on light and on dark paper: ramps from first to last, and colours to tell neighbours apart (after Okabe and Ito, for colour-blind readers).
ORDER_RAMP = {"light": ("#3b4a9c", "#1f8f8a", "#c9761a"), "dark": ("#8e9bf0", "#4cc3bb", "#f0b04a")}
SURPRISE_RAMP = {"light": ("#9aa6ab", "#7a6a86", "#c2371e"), "dark": ("#6b767c", "#b296ba", "#ff8a5c")}
STROKE_COLOURS = {
    "light": ("#0072b2", "#d55e00", "#00855f", "#b0528a", "#8a6d00"),
    "dark": ("#56b4e9", "#ff8c4b", "#2fc795", "#e79ac6", "#e6c84f"),
}

# A cell that follows nothing (a role's own colour stands with the role), and what has no meaning of its own: edges, rings, labels of files.
NO_ROLE_COLOUR = "#9a9a9a"
GREY = "#888888"
FILE_INK, FILE_PAPER = "#111111", "#ffffff"
# Words and lines in small pictures on the page's paper.
PICTURE_TEXT = {"light": "#20262a", "dark": "#e6e3dc"}
# Two things side by side, on light and on dark paper: apart in lightness too.
PAIR = {"light": ("#01665e", "#b8701c"), "dark": ("#4cc3bb", "#f0b04a")}
# Which of the two, in the colour of ink: the one, neither, the other.
PAIR_RAMP = {"light": (PAIR["light"][0], "#a3abae", PAIR["light"][1]), "dark": (PAIR["dark"][0], "#6b767c", PAIR["dark"][1])}
# The learning curves of a model card.
CURVE_COLOURS = ("#01665e", "#8c510a", GREY)


def ramp_colour(value: float, low: float, high: float, paper: str = "light") -> str:
    """The colour of a value on the scale of activations from `low` to `high`, on light or dark paper, as #rrggbb; values beyond have the
    ends' colours."""
    return mixed(ACTIVATION_RAMP[paper], (value - low) / (high - low))


def mixed(ramp: tuple[str, ...], share: float) -> str:
    """The colour at a share of the way from a ramp's first colour to its last, as #rrggbb."""
    at = min(max(share, 0.0), 1.0) * (len(ramp) - 1)
    i = min(int(at), len(ramp) - 2)
    pair = zip(bytes.fromhex(ramp[i][1:]), bytes.fromhex(ramp[i + 1][1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * (at - i)) for a, b in pair).hex()


# Futures to the left of where the pen really went, beside it, and to the right: apart in lightness too, so that colour-blind readers tell them apart.
SIDES = {"light": ("#f0901e", "#a8aba6", "#0a6b3d"), "dark": ("#ffc46b", "#6c7478", "#1f9a5a")}
# Branches of futures, beside which nothing may look like one of the sides.
BRANCH_COLOURS = {
    "light": ("#0072b2", "#b0428a", "#8a6d00", "#4aa3dc", "#5a3d8c"),
    "dark": ("#56b4e9", "#e79ac6", "#e6c84f", "#8e9bf0", "#f4efe2"),
}
# From sure to lost, on light and on dark paper.
DOUBT_RAMP = {"light": ("#b9c4cc", "#6f7fb5", "#8d2f8f", "#c2165a"), "dark": ("#4d5a63", "#6f86d6", "#c774d8", "#ff7aa8")}
