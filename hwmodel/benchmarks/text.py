"""What writing a given text takes."""

from __future__ import annotations

import torch

from hwmodel.benchmarks.measurement import Measurement, best_of, threads
from hwmodel.network.checkpoint import load_text_checkpoint
from hwmodel.network.model import HandwritingModel
from hwmodel.network.shipped import Kind, available_checkpoints, ranking_recogniser
from hwmodel.network.text_stepper import TextStepper
from hwmodel.sampling.laws import graves
from hwmodel.sampling.text_lines import write_texts
from hwmodel.training.recogniser import load_recogniser
from hwmodel.training.writing import write_ranked

LINE = "the old house near the bridge."  # 30 characters
SAMPLES = 8


def text(model: HandwritingModel) -> list[Measurement]:
    """Of the first shipped text network, whatever network the rest is measured of: milliseconds a step of one line, and seconds until eight samples
    of a line of 30 characters stand there ranked, on one thread."""
    names, ranks = available_checkpoints(kind=Kind.TEXT), ranking_recogniser()
    if not names or not ranks:
        return []
    told, recogniser, law = load_text_checkpoint(names[0]).model, load_recogniser(ranks), graves(1)
    steps = {rows: max(len(line.strokes) for line in write_texts(told, [LINE] * rows, range(rows), law)) for rows in (1, SAMPLES)}
    single, several = (TextStepper(told, told.text([LINE] * rows)) for rows in (1, SAMPLES))

    @torch.inference_mode()
    def multiply(stepper: TextStepper, count: int) -> None:
        for _ in range(count):
            torch.mm(stepper.inputs, stepper.weights, out=stepper.gates)
            torch.mm(stepper.known, stepper.output_weights, out=stepper.raw)

    with threads(1):
        one, bound, ranked, products = best_of(
            [
                lambda: write_texts(told, [LINE], [0], law),
                lambda: multiply(single, steps[1]),
                lambda: write_ranked(told, [LINE], [(0,)], SAMPLES, law, recogniser),
                lambda: multiply(several, steps[SAMPLES]),
            ]
        )
    return [
        Measurement("writing a text, one line", 1e3 * one / steps[1], "ms a step", 1e3 * bound / steps[1], 3.0),
        Measurement(f"{SAMPLES} samples of {len(LINE)} characters, ranked, one thread", ranked, "s", products, most=1.0),
    ]
