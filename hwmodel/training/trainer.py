"""Training: the settings, how weights begin, and one update."""

from __future__ import annotations

import copy
import json
import math
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from hwmodel.data.batches import BatchConfig, Piece
from hwmodel.network.mixture import nll, split_raw
from hwmodel.network.model import HandwritingModel, LSTMState
from hwmodel.network.text_model import TextModel
from hwmodel.training.recogniser import Recogniser
from hwmodel.training.recurrent_dropout import run_dropped_lstm
from hwmodel.training.soap import SOAP

Network = TypeVar("Network", bound=HandwritingModel | TextModel | Recogniser)
Update = TypeVar("Update")  # what one update reads
NARROW = -4.0  # log sigma, in model units, of a component that begins narrow: 0.7 whiteboard units
MOST_SKIPPED = 10  # updates in a row that are left out because their gradient is no number, before the run stops


@dataclass(frozen=True)
class TrainConfig:
    steps: int = 10_000  # updates in all; may be raised when a run is taken up again
    lr: float = 3e-3  # of SOAP for the recurrent matrix and of AdamW for the rest, after the warm-up
    output_rate: float = 0.2  # times `lr` for the output layer: the noise of large updates keeps a narrow Gaussian from standing still
    window_rate: float = 0.5  # times `lr` for the window over a text
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


class Trainer(ABC, Generic[Network, Update]):
    """Weights, their average, optimisers and carried states of one run. A kind of network has a subclass, which says what its loss is and which of
    its weights go to which optimiser."""

    def __init__(self, model: Network, config: TrainConfig, device: torch.device) -> None:
        model.to(device)
        self.model, self.config, self.device = model, config, device
        recurrent, rest = self.groups()
        groups = [{"params": list(each), "factor": factor} for factor, each in rest]
        self.optimisers: list[torch.optim.Optimizer] = [torch.optim.AdamW(groups, lr=config.lr, betas=(0.9, 0.99), weight_decay=config.weight_decay)]
        if recurrent is not None:
            soap = SOAP([{"params": [recurrent], "stack": 4, "factor": 1.0}], lr=config.lr, weight_decay=config.weight_decay)
            self.optimisers.insert(0, soap)
        self.average = {name: p.detach().clone() for name, p in model.named_parameters()}
        self.states: dict[int, Any] = {}
        self.step = self.skipped = 0
        self.rng = self.new_rng()

    @abstractmethod
    def groups(self) -> tuple[nn.Parameter | None, list[tuple[float, Iterable[nn.Parameter]]]]:
        """The recurrent matrix, its gates stacked, which SOAP takes, where there is one; and groups of the rest, each with its factor on the rate,
        which AdamW takes."""

    @abstractmethod
    def loss(self, update: Update) -> Tensor:
        """Mean nats a step of what one update reads; carries its lines' state on."""

    @abstractmethod
    def forget(self, update: Update) -> None:
        """Begin its lines anew from zeros."""

    def clip(self) -> Tensor:
        """Shorten the gradient where it is longer than `clip`; its length before."""
        return nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)

    def new_rng(self) -> np.random.Generator:
        """Of the lines drawn, their augmentation and the dropout: another one in each process, and each time that a run is taken up again."""
        return np.random.default_rng([self.config.seed, self.step, rank()])

    def update(self, update: Update) -> float:
        """One update; the loss before it. Where the gradient is no number (a density has no upper bound, and may run away on a rare piece) nothing
        is updated and NaN comes back. Raises FloatingPointError where that happens `MOST_SKIPPED` times in a row."""
        rate = self.config.lr * learning_rate(self.step, self.config)
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate * group["factor"]
        self.model.zero_grad(set_to_none=True)
        loss = self.loss(update)
        loss.backward()
        if world_size() > 1:
            for parameter in self.model.parameters():
                if parameter.grad is not None:
                    torch.distributed.all_reduce(parameter.grad)
                    parameter.grad /= world_size()
        if not torch.isfinite(self.clip()):
            self.skipped += 1
            if self.skipped == MOST_SKIPPED:
                raise FloatingPointError(f"the gradient is not finite at update {self.step}; take the run up again with a smaller --lr")
            self.forget(update)
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

    def start_from(self, model: Network) -> None:
        """Take over trained weights, for the average too."""
        self.model.load_state_dict(model.state_dict())
        self.average = {name: p.detach().clone() for name, p in self.model.named_parameters()}

    def averaged_model(self) -> Network:
        """A copy of the model with the averaged weights."""
        model = copy.deepcopy(self.model)
        model.load_state_dict(self.average)
        model.eval().requires_grad_(False)
        return model

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
        """Go on from what `save` wrote. Raises ValueError where that was of another network."""
        with safe_open(path, framework="pt", device=str(self.device)) as stored:
            if type(self.model.config)(**json.loads(stored.metadata()["config"])) != self.model.config:
                raise ValueError(f"{path.parent.name} was begun with a network of other settings; give this run another name")
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


class LineTrainer(Trainer[HandwritingModel, Piece]):
    """Of the network that writes as it likes."""

    def groups(self) -> tuple[nn.Parameter, list[tuple[float, Iterable[nn.Parameter]]]]:
        recurrent = self.model.lstm.get_parameter("weight_hh_l0")
        rest = [p for p in self.model.lstm.parameters() if p.requires_grad and p is not recurrent]
        return recurrent, [(1.0, rest), (self.config.output_rate, self.model.output.parameters())]

    def loss(self, piece: Piece) -> Tensor:
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

    def forget(self, piece: Piece) -> None:
        self.states[piece.group] = self.model.initial_state(len(piece.inputs))


def world_size() -> int:
    return torch.distributed.get_world_size() if torch.distributed.is_initialized() else 1


def rank() -> int:
    return torch.distributed.get_rank() if torch.distributed.is_initialized() else 0
