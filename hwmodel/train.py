"""Train a model: python -m hwmodel.train --lines A.npz [B.npz ...] --out NAME

Everything goes to runs/NAME: state.safetensors (to go on from after a stop), curve.jsonl (the learning curve), best.safetensors (the averaged
weights at their best validation score, a checkpoint like the shipped ones) and sheets of samples. Called again with the same --out, it goes on
where it stopped.

On several GPUs: torchrun --nproc-per-node N -m hwmodel.train ... Each takes --rows lines of its own and the gradients are averaged.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import math
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from hwmodel.data.batches import BatchConfig, Piece, pieces
from hwmodel.data.lines import load_lines
from hwmodel.evaluate import held_out, score
from hwmodel.network.checkpoint import load_checkpoint, save_checkpoint
from hwmodel.network.mixture import nll, split_raw
from hwmodel.network.model import HandwritingModel, LSTMState, ModelConfig
from hwmodel.sampling.lines import generate, graves
from hwmodel.training.recurrent_dropout import run_dropped_lstm
from hwmodel.training.soap import SOAP
from hwmodel.views.svg import sheet_svg

NARROW = -4.0  # log sigma, in model units, of a component that begins narrow: 0.7 whiteboard units
MOST_SKIPPED = 10  # updates in a row that are left out because their gradient is no number, before the run stops


@dataclass(frozen=True)
class TrainConfig:
    steps: int = 10_000  # updates in all; may be raised when a run is taken up again
    lr: float = 3e-3  # of SOAP for the recurrent matrix and of AdamW for the rest, after the warm-up
    output_rate: float = 0.2  # times `lr` for the output layer: the noise of large updates keeps a narrow Gaussian from standing still
    warmup: int = 150  # updates over which the rate rises from 0
    decay: float = 0.25  # share of the updates, at the end, over which the rate falls to 1 %
    weight_decay: float = 0.01  # times the rate, the share of each weight that an update takes away
    recurrent_dropout: float = 0.0  # share of what is written into the cells that is left out
    clip: float = 1.0  # largest norm of the gradient
    average: float = 0.998  # decay of the weights' moving average
    evaluate_every: int = 200  # updates between two looks at the validation lines
    sheet_every: int = 2000  # updates between two sheets of samples
    evaluate_lines: int = 96  # validation lines of each file to look at, evenly by length
    seed: int = 0  # of the weights, the draw of lines and their augmentation
    batch: BatchConfig = field(default_factory=BatchConfig)

    def __post_init__(self) -> None:
        if not 0 <= self.recurrent_dropout < 1:
            raise ValueError(f"recurrent_dropout must be a share from 0 to below 1, got {self.recurrent_dropout}")


def learning_rate(step: int, config: TrainConfig) -> float:
    """The factor on `lr` at an update: up, level, then down to 1 % in a straight line, so that a longer run can be taken up from the level part."""
    falling = config.decay * config.steps
    down = min(1.0, max(0.01, (config.steps - step) / falling)) if falling else 1.0
    return min(1.0, (step + 1) / config.warmup, down)


def initialise(model: HandwritingModel, seed: int) -> None:
    """Random weights: orthogonal recurrence gate by gate, small inputs, and a forget gate that begins by remembering (bias 1)."""
    generator = torch.Generator().manual_seed(seed)
    cells = model.config.cells
    with torch.no_grad():
        for gate in model.lstm.get_parameter("weight_hh_l0").chunk(4):
            nn.init.orthogonal_(gate, generator=generator)
        for weight in (model.lstm.get_parameter("weight_ih_l0"), model.output.weight):
            nn.init.uniform_(weight, -(cells**-0.5), cells**-0.5, generator=generator)
        model.lstm.get_parameter("bias_ih_l0").zero_()[cells : 2 * cells] = 1
        model.output.bias.zero_()
        # One component begins narrow and at 0, whatever the state: a resting pen is recorded as steps of exactly 0, and training finds no way there
        # from a wide one.
        for part in (model.output.weight.T, model.output.bias[None]):
            _, _, mu_x, mu_y, log_sigma_x, log_sigma_y, _ = split_raw(part)
            mu_x[:, 0] = mu_y[:, 0] = log_sigma_x[:, 0] = log_sigma_y[:, 0] = 0
        log_sigma_x[:, 0] = log_sigma_y[:, 0] = NARROW


class Trainer:
    """Weights, their average, optimisers and carried states of one run."""

    def __init__(self, model: HandwritingModel, config: TrainConfig, device: torch.device) -> None:
        self.model, self.config, self.device = model.to(device), config, device
        recurrent = model.lstm.get_parameter("weight_hh_l0")
        rest = [p for p in model.lstm.parameters() if p.requires_grad and p is not recurrent]
        self.optimisers = [
            SOAP([{"params": [recurrent], "stack": 4}], lr=config.lr, weight_decay=config.weight_decay),
            torch.optim.AdamW(
                [{"params": rest}, {"params": list(model.output.parameters())}], lr=config.lr, betas=(0.9, 0.99), weight_decay=config.weight_decay
            ),
        ]
        self.average = {name: p.detach().clone() for name, p in model.named_parameters()}
        self.states: dict[int, LSTMState] = {}
        self.step = self.skipped = 0
        self.rng = self.new_rng()

    def new_rng(self) -> np.random.Generator:
        """Of the lines drawn, their augmentation and the dropout: another one in each process, and each time that a run is taken up again."""
        return np.random.default_rng([self.config.seed, self.step, rank()])

    def loss(self, piece: Piece) -> Tensor:
        """Mean nats a step of one piece; carries its group's state on."""
        inputs, targets, weight = (torch.from_numpy(a).to(self.device) for a in piece[2:])
        state = None if piece.first else self.states[piece.group]
        if self.config.recurrent_dropout:
            state = state or self.model.initial_state(len(inputs))
            hidden, last = run_dropped_lstm(self.model.lstm, inputs, state, self.config.recurrent_dropout, self.rng)
        else:
            with torch.autocast(self.device.type, torch.bfloat16):
                hidden, last = self.model.run_lstm(inputs, state)
        self.states[piece.group] = LSTMState(last.hidden.detach().float(), last.cell.detach().float())
        nats = nll(self.model.output(hidden.float()), targets)
        return ((nats.xy + nats.pen) * weight).sum() / weight.sum()

    def update(self, piece: Piece) -> float:
        """One update; the loss before it. Where the gradient is no number (a density has no upper bound, and may run away on a rare piece) nothing
        is updated and NaN comes back. Raises FloatingPointError where that happens `MOST_SKIPPED` times in a row."""
        rate = self.config.lr * learning_rate(self.step, self.config)
        for optimiser in self.optimisers:
            optimiser.param_groups[0]["lr"] = rate
        self.optimisers[1].param_groups[1]["lr"] = rate * self.config.output_rate
        self.model.zero_grad(set_to_none=True)
        loss = self.loss(piece)
        loss.backward()
        if world_size() > 1:
            for parameter in self.model.parameters():
                if parameter.grad is not None:
                    torch.distributed.all_reduce(parameter.grad)
                    parameter.grad /= world_size()
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        if not torch.isfinite(norm):
            self.skipped += 1
            if self.skipped == MOST_SKIPPED:
                raise FloatingPointError(f"the gradient is not finite at update {self.step}; take the run up again with a smaller --lr")
            self.states[piece.group] = self.model.initial_state(len(piece.inputs))
            return math.nan
        self.skipped = 0
        for optimiser in self.optimisers:
            optimiser.step()
        self.step += 1
        keep = min(self.config.average, self.step / (self.step + 10))
        with torch.no_grad():
            for name, parameter in self.model.named_parameters():
                self.average[name].lerp_(parameter, 1 - keep)
        return loss.item()

    def start_from(self, model: HandwritingModel) -> None:
        """Take over trained weights, for the average too."""
        self.model.load_state_dict(model.state_dict())
        self.average = {name: p.detach().clone() for name, p in self.model.named_parameters()}

    def averaged_model(self) -> HandwritingModel:
        """A copy of the model with the averaged weights."""
        model = HandwritingModel(self.model.config).to(self.device)
        model.load_state_dict(self.average)
        return model.eval().requires_grad_(False)

    def save(self, path: Path) -> None:
        """Everything that is needed to go on, as safetensors."""
        tensors = {f"model.{k}": v for k, v in self.model.state_dict().items()} | {f"average.{k}": v for k, v in self.average.items()}
        for number, optimiser in enumerate(self.optimisers):
            for parameter, values in optimiser.state_dict()["state"].items():
                tensors |= {f"optimiser.{number}.{parameter}.{k}": v for k, v in values.items()}
        metadata = {"step": str(self.step), "config": json.dumps(self.model.config.to_dict())}
        partial = path.with_suffix(".partial")
        save_file({k: v.detach().cpu().contiguous() for k, v in tensors.items()}, partial, metadata)
        partial.replace(path)

    def load(self, path: Path) -> None:
        """Go on from what `save` wrote."""
        with safe_open(path, framework="pt", device=str(self.device)) as stored:
            self.step = int(stored.metadata()["step"])
            self.rng = self.new_rng()
            tensors = {key: stored.get_tensor(key) for key in stored.keys()}
        part = {prefix: {k[len(prefix) :]: v for k, v in tensors.items() if k.startswith(prefix)} for prefix in ("model.", "average.")}
        self.model.load_state_dict(part["model."])
        self.average = part["average."]
        for number, optimiser in enumerate(self.optimisers):
            state: dict[int, dict[str, Tensor]] = {}
            for key, tensor in tensors.items():
                if key.startswith(f"optimiser.{number}."):
                    _, _, parameter, name = key.split(".")
                    state.setdefault(int(parameter), {})[name] = tensor
            optimiser.load_state_dict({"state": state, "param_groups": optimiser.state_dict()["param_groups"]})


def world_size() -> int:
    return torch.distributed.get_world_size() if torch.distributed.is_initialized() else 1


def rank() -> int:
    return torch.distributed.get_rank() if torch.distributed.is_initialized() else 0


def train(
    line_files: Sequence[str],
    run: Path,
    config: TrainConfig,
    device: torch.device,
    start_from: str | None = None,
    model_config: ModelConfig | None = None,
) -> Path:
    """Train in the folder `run`, or go on training there; the path of the best checkpoint."""
    files = {path: load_lines(path) for path in line_files}
    sources = [(lines, lines.choose("train")) for lines in files.values()]
    validation = {
        Path(path).stem: spread(held_out(lines, kind=None if lines.kind is None else "written"), config.evaluate_lines)
        for path, lines in files.items()
    }
    model = HandwritingModel(model_config)
    initialise(model, config.seed)
    trainer = Trainer(model, config, device)
    state, best = run / "state.safetensors", run / "best.safetensors"
    if state.exists():
        trainer.load(state)
    elif start_from:
        trainer.start_from(load_checkpoint(start_from).model)
    run.mkdir(parents=True, exist_ok=True)
    best_score = min((row["averaged"] for row in read_curve(run)), default=math.inf)
    source = pieces(sources, config.batch, trainer.rng)
    began, first_step, recent = time.perf_counter(), trainer.step, []
    while trainer.step < config.steps:
        recent.append(trainer.update(next(source)))
        if rank() or (trainer.step % config.evaluate_every and trainer.step < config.steps):
            continue
        averaged = trainer.averaged_model()
        scores = {name: score(averaged, lines).total for name, lines in validation.items()}
        overall = float(np.mean(list(scores.values())))
        row = {"step": trainer.step, "train": round(float(np.nanmean(recent)), 4), "averaged": round(overall, 4), **scores}
        with (run / "curve.jsonl").open("a") as curve:
            curve.write(json.dumps(row) + "\n")
        if overall < best_score:
            best_score = overall
            about = {"lines": [Path(p).name for p in line_files], "step": trainer.step, "validation": scores, "train": asdict(config)}
            save_checkpoint(best, averaged, about)
        if trainer.step % config.sheet_every == 0 or trainer.step == config.steps:
            (run / f"samples-{trainer.step:06d}.svg").write_text(sample_sheet(averaged))
        trainer.save(state)
        left = (time.perf_counter() - began) / (trainer.step - first_step) * (config.steps - trainer.step)
        progress = f"{trainer.step:6d}/{config.steps}  train {np.nanmean(recent):.3f}  validation {overall:.4f}  best {best_score:.4f}"
        print(f"{progress}  {left / 60:.0f} min left", flush=True)
        recent = []
    return best


def keep_freed_memory() -> None:
    """Let glibc keep what an update frees for the next one. It gives large blocks back to the system at once, and fetching them anew, page by page,
    takes a third of an update's time. Where the C library is another one, nothing happens."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        mallopt(-4, 0)  # M_MMAP_MAX: no block comes from the system on its own
        mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD: and the heap never shrinks


def sample_sheet(model: HandwritingModel) -> str:
    """Eight lines at rising bias, as SVG."""
    biases = (0.0, 0.0, 0.0, 0.5, 0.5, 1.0, 2.0, 3.0)
    lines = generate(model, range(len(biases)), [graves(bias) for bias in biases])
    return sheet_svg([(f"bias {bias:g}, seed {seed}", line.strokes) for seed, (bias, line) in enumerate(zip(biases, lines, strict=True))])


def spread(lines: list[np.ndarray], count: int) -> list[np.ndarray]:
    """At most `count` of the lines, evenly over their lengths."""
    chosen = sorted(lines, key=len)
    return [chosen[i] for i in np.linspace(0, len(chosen) - 1, min(count, len(chosen))).round().astype(int)]


def read_curve(run: Path) -> list[dict[str, Any]]:
    """The rows of a run's learning curve; none where it has not begun."""
    path = run / "curve.jsonl"
    return [json.loads(row) for row in path.read_text().splitlines()] if path.exists() else []


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.train", description="Train a model on lines; called again, it goes on where it stopped.")
    parser.add_argument("--lines", nargs="+", required=True, help="lines files (.npz)")
    parser.add_argument("--out", required=True, help="the run's name: everything goes to runs/NAME")
    parser.add_argument("--start-from", help="begin with the weights of this checkpoint instead of random ones")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, help="processor threads (default: torch's own choice)")
    for section in (TrainConfig, BatchConfig):
        for item in fields(section):
            if item.name != "batch":
                parser.add_argument(f"--{item.name.replace('_', '-')}", type=type(item.default), default=item.default)
    args = vars(parser.parse_args(argv))
    if args["threads"]:
        torch.set_num_threads(args["threads"])
    keep_freed_memory()
    device = torch.device(args["device"])
    if "WORLD_SIZE" in os.environ:
        torch.distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
        if device.type == "cuda":
            device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
    batch = BatchConfig(**{item.name: args[item.name] for item in fields(BatchConfig)})
    try:
        config = TrainConfig(batch=batch, **{item.name: args[item.name] for item in fields(TrainConfig) if item.name != "batch"})
        best = train(args["lines"], Path("runs") / args["out"], config, device, args["start_from"])
    except (ValueError, OSError, FloatingPointError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; the same command goes on from the last saved state", file=sys.stderr)
        return 130
    print(f"best: {best}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
