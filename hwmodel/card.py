"""Ship a trained run: python -m hwmodel.card NAME --run runs/NAME --iam IAM.npz --unipen UNIPEN.npz --note "..."

Copies the run's best weights to hwmodel/checkpoints and writes the model card beside them: data, licence, recipe, learning curve, and every figure
with the command that gives it again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from hwmodel.data.lines import Lines, load_lines
from hwmodel.evaluate import held_out, resolution, score
from hwmodel.ink.statistics import percentiles
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_checkpoint, save_checkpoint
from hwmodel.network.model import HandwritingModel
from hwmodel.network.shipped import SHIPPED, CheckpointError
from hwmodel.sampling.lines import generate
from hwmodel.train import read_curve, spread
from hwmodel.views.svg import curve_svg

IAM_LICENCE = """**IAM-OnDB**, the IAM On-Line Handwriting Database (Marti, Bunke and Liwicki, University of Bern): English, written on a whiteboard,
for non-commercial research. **Licence of these weights: research use.**"""

UNIPEN_LICENCE = """**UNIPEN** train_r01_v07 (International Unipen Foundation, 1999; Guyon et al. 1994, doi 10.1109/ICPR.1994.576870): words and texts
written on tablets at many sites. The CD-ROM of 1999 says research use and no commercial distribution; the Foundation's later release (2018, doi
10.5281/zenodo.1195803) is CC BY 4.0. We go by the later release. **Licence of these weights: CC BY 4.0.**"""

STATISTICS = {
    "pen_lift_rate": "points after which the pen lifts (share)",
    "step": "median step (units)",
    "turning": "mean turn a step (radians)",
    "height": "line height (units)",
    "drift": "drift of the line (down for one right)",
}


def figures_table(name: str, model: HandwritingModel, files: dict[str, str]) -> list[str]:
    """Nats a step on every held-out split, each with its command."""
    rows = ["| lines | steps | nats a step | xy | pen | at the recording's resolution | command |", "|---|---|---|---|---|---|---|"]
    for collection, path in files.items():
        lines = load_lines(path)
        for split in ("validation", "test"):
            for kind in (None,) if lines.kind is None else ("written", "composed"):
                chosen = held_out(lines, split, kind)
                result, resolved = score(model, chosen), score(model, chosen, resolution(model)).total
                command = f"python -m hwmodel.evaluate --model {name} --lines {Path(path).name} --split {split}" + (f" --kind {kind}" if kind else "")
                title = " ".join(filter(None, (collection, split, kind)))
                figures = f"**{result.total:.3f}** | {result.xy:.3f} | {result.pen:.3f} | {resolved:.3f}"
                rows.append(f"| {title} | {result.steps:,} | {figures} | `{command}` |")
    return rows


def samples_table(model: HandwritingModel, lines: Lines, count: int) -> list[str]:
    """Statistics of free samples (bias 0) and of as many held-out lines: 5th, 50th and 95th percentile of each."""
    written = spread(held_out(lines, kind=None if lines.kind is None else "written"), count)
    samples = [line.strokes for line in generate(model, range(count), max_steps=int(np.median([len(o) for o in written])))]
    theirs, ours = percentiles(Strokes(o) for o in written), percentiles(samples)
    rows = [f"| | {len(written)} held-out lines | {count} free samples |", "|---|---|---|"]
    return rows + [f"| {title} | {low_mid_high(theirs[key])} | {low_mid_high(ours[key])} |" for key, title in STATISTICS.items()]


def low_mid_high(values: list[float]) -> str:
    low, middle, high = values
    return f"{middle:.3f} ({low:.3f} to {high:.3f})"


def curve_table(curve: list[dict[str, Any]], rows: int = 12) -> list[str]:
    """About `rows` rows of a learning curve."""
    chosen = sorted({int(i) for i in np.linspace(0, len(curve) - 1, rows).round()})
    table = ["| update | training | validation, averaged weights |", "|---|---|---|"]
    return table + [f"| {curve[i]['step']:,} | {curve[i]['train']:.3f} | {curve[i]['averaged']:.3f} |" for i in chosen]


def card(
    name: str, about: dict[str, Any], model: HandwritingModel, curve: list[dict[str, Any]], files: dict[str, str], command: str, note: str
) -> str:
    """The whole card, as Markdown."""
    trained_on = [collection for collection, path in files.items() if Path(path).name in about["lines"]]
    train = about["train"]
    recipe = ", ".join(f"{key} {value}" for key, value in {**train, **train["batch"]}.items() if key != "batch")
    parts = [
        f"# {name}",
        f"One LSTM layer of {model.config.cells} cells and {model.config.components} bivariate Gaussians with a pen bit (Graves 2013, section 4.2): "
        f"{model.parameter_count():,} trained numbers, stored as float32.",
        "## Data and licence",
        *({"IAM-OnDB": IAM_LICENCE, "UNIPEN": UNIPEN_LICENCE}[collection] for collection in trained_on),
        "Only the `train` split was learned from; the validation lines chose the weights, the test lines nothing.",
        "## How well it predicts",
        "Nats a step: the state starts from zeros, every offset after a line's first point is counted once, pen bit included, in model units. In the "
        "column 'at the recording's resolution' each density is blurred by the rounding to whole whiteboard units (standard deviation 0.29), so that "
        "Gaussians narrower than that gain nothing.",
        "\n".join(figures_table(name, model, files)),
        "## Does it look like handwriting?",
        "Median, and 5th to 95th percentile; samples at bias 0, seeds 0 upwards.",
        "\n".join(samples_table(model, load_lines(files[trained_on[0]]), 200)),
        f"All of the above is written by `{command}`.",
        "## How it was trained",
        f"`python -m hwmodel.train`, {about['step']:,} updates. Settings at the end: {recipe}.",
        note,
        "SOAP (arXiv 2409.11321) for the recurrent matrix, gate by gate, and AdamW for the rest; whole lines cut into pieces between which the state "
        "is carried; bfloat16 inside the LSTM; the moving average of the weights is what is shipped.",
        f"![learning curve]({name}.curve.svg)",
        "\n".join(curve_table(curve)),
    ]
    return "\n\n".join(parts) + "\n"


def ship(name: str, run: Path, files: dict[str, str], note: str, folder: Path = SHIPPED) -> None:
    """Write the weights, the card and the learning curve of a run to `folder`."""
    trained, curve = load_checkpoint(str(run / "best.safetensors")), read_curve(run)
    iam, unipen = (Path(files[collection]).name for collection in ("IAM-OnDB", "UNIPEN"))
    command = f"python -m hwmodel.card {name} --run runs/{run.name} --iam {iam} --unipen {unipen}"
    text = card(name, trained.about, trained.model, curve, files, command, note)
    save_checkpoint(folder / f"{name}.safetensors", trained.model, trained.about)
    (folder / f"{name}.md").write_text(text)
    curves = {
        "training": [(row["step"], row["train"]) for row in curve],
        "validation": [(row["step"], row["averaged"]) for row in curve],
    }
    (folder / f"{name}.curve.svg").write_text(curve_svg(curves, "updates", "nats a step"))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.card", description="Ship a trained run with its model card.")
    parser.add_argument("name", help="the checkpoint's name")
    parser.add_argument("--run", required=True, type=Path, help="the training run's folder")
    parser.add_argument("--iam", required=True, help="lines of IAM-OnDB (.npz)")
    parser.add_argument("--unipen", required=True, help="lines of UNIPEN (.npz)")
    parser.add_argument("--note", required=True, help="what the settings do not say: how the run went, what was tried, what was missed")
    args = parser.parse_args(argv)
    try:
        ship(args.name, args.run, {"IAM-OnDB": args.iam, "UNIPEN": args.unipen}, args.note)
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
