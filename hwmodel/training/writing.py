"""Writing a text as legibly as the network can: several samples of each line, and the one that a recogniser reads best."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import Sharpness
from hwmodel.sampling.text_lines import WrittenText, write_texts
from hwmodel.training.legibility import ranked
from hwmodel.training.recogniser import Recogniser


def write_best(
    model: TextModel,
    lines: Sequence[str],
    seed: int,
    samples: int,
    sharpness: Sharpness,
    recogniser: Recogniser | None,
    tell: Callable[[str], object] = lambda progress: None,
) -> list[WrittenText]:
    """The most legible of `samples` samples of each line. `tell` is called with a sentence after each line. Raises ValueError where there are several
    samples and no recogniser to choose with, and where no sample of a line was finished."""
    if samples > 1 and recogniser is None:
        raise ValueError(f"there is no recogniser to choose one of {samples} samples with; write one sample")
    found = []
    for number, line in enumerate(lines):
        written = write_texts(model, [line] * samples, [(seed, number, sample) for sample in range(samples)], sharpness)
        best = ranked(recogniser, written)[0] if recogniser else written[0]
        if not best.finished:
            raise ValueError(f"{line!r} was not written to its end ({best.stopped}); take another seed, more samples or more bias")
        found.append(best)
        tell(f"line {number + 1} of {len(lines)}: {line}")
    return found
