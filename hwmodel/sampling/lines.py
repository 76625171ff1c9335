"""Drawing pen movements from the mixture, and whole lines of writing."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import torch
from torch import Tensor

from hwmodel.ink.strokes import Strokes
from hwmodel.network.mixture import split_raw
from hwmodel.network.model import HandwritingModel
from hwmodel.network.stepper import Held, Stepper, read
from hwmodel.sampling.endings import LINE_WIDTH, Ending, ending
from hwmodel.sampling.laws import AS_LEARNT, LAWS, Sharpness, graves, root_temperature, temperature

__all__ = ["LAWS", "Generated", "Sharpness", "draw", "generate", "graves", "noise", "read", "root_temperature", "temperature"]

CHECK_EVERY = 100  # steps between two looks at whether the lines have ended
OUT_OF_STEPS = "all its steps were used up"


def noise(seed: int | Sequence[int], steps: int) -> Tensor:
    """Random numbers (steps, 4) for one line: two uniform ones (which component, pen) and two standard normal ones (x, y). The first rows are the
    same whatever `steps` is, so a longer line begins as the shorter one did."""
    uniform = torch.from_numpy(np.random.default_rng(seed).random((steps, 4)))
    uniform[:, 2:] = torch.special.ndtri(uniform[:, 2:].clamp(1e-12))
    return uniform.float()


def draw(raw: Tensor, noise: Tensor, sharpness: Sharpness) -> Tensor:
    """Offsets (..., 3) drawn from raw outputs (..., 1 + 6K) with random numbers (..., 4) (see `noise`)."""
    scale, shift = torch.from_numpy(sharpness.affine(raw.shape[-1] // 6)).to(raw)
    return draw_sharpened(torch.addcmul(shift, raw, scale), noise)


def draw_sharpened(raw: Tensor, noise: Tensor) -> Tensor:
    """Offsets (..., 3) drawn with random numbers (..., 4) from raw outputs (..., 1 + 6K), which are broadcast to them, and to which
    `Sharpness.affine` has been applied."""
    eos_logit, pi_logits, *parts = split_raw(raw)
    cumulative = pi_logits.softmax(-1).cumsum(-1)
    component = (cumulative < noise[..., :1]).sum(-1, keepdim=True).clamp(max=cumulative.shape[-1] - 1)
    mu_x, mu_y, log_sigma_x, log_sigma_y, atanh_rho = (part.expand(*component.shape[:-1], -1).gather(-1, component).squeeze(-1) for part in parts)
    rho = atanh_rho.tanh()
    normal_x, normal_y = noise[..., 2], noise[..., 3]
    x = mu_x + log_sigma_x.exp() * normal_x
    y = mu_y + log_sigma_y.exp() * (rho * normal_x + (1 - rho.square()).clamp(min=0).sqrt() * normal_y)
    pen_up = noise[..., 1] < eos_logit.sigmoid()
    return torch.stack((x, y, pen_up.to(x.dtype)), -1)


def draw_one(raw: Tensor, noise: Tensor) -> Tensor:
    """What `draw_sharpened` gives for one line, (1, 1 + 6K) and (1, 4) -> (1, 3): plain numbers cost a fifth of some thirty tensors so small."""
    values: list[float] = raw[0].tolist()
    which, pen, normal_x, normal_y = noise[0].tolist()
    components = len(values) // 6
    logits = values[1 : 1 + components]
    top = max(logits)
    cumulative = list(accumulate(math.exp(logit - top) for logit in logits))
    component = min(bisect_left(cumulative, which * cumulative[-1]), components - 1)
    mu_x, mu_y, log_sigma_x, log_sigma_y, atanh_rho = values[1 + components + component :: components]
    rho = math.tanh(atanh_rho)
    x = mu_x + math.exp(log_sigma_x) * normal_x
    y = mu_y + math.exp(log_sigma_y) * (rho * normal_x + math.sqrt(1 - rho * rho) * normal_y)
    pen_up = pen * (1 + math.exp(min(-values[0], 700))) < 1  # Python's exp raises where torch's gives infinity
    return raw.new_tensor(((x, y, pen_up),))


@dataclass(frozen=True)
class Generated:
    """One line the model wrote."""

    strokes: Strokes  # what it wrote, without the ink it was given to go on from
    stopped: str  # why it ended, in words for the reader


@torch.inference_mode()
def generate(
    model: HandwritingModel,
    seeds: Sequence[int],
    sharpness: Sharpness | Sequence[Sharpness] = AS_LEARNT,
    max_steps: int = 700,
    prime: Strokes | None = None,
    width: float = LINE_WIDTH,
    held: Held | None = None,
) -> list[Generated]:
    """A line for each seed, at most `max_steps` offsets long, each going on from the ink `prime` where it is given; see `ending` for when it is over.
    Cells may be `held` while it writes.

    A seed's random numbers are the same alone and in company; its offsets then differ by the rounding of the matrix products.

    >>> from hwmodel.network.checkpoint import load_checkpoint
    >>> tidy, wild = generate(load_checkpoint("unipen").model, [7, 7], [graves(1.0), graves(0.0)], max_steps=100)
    >>> tidy.strokes.offsets.shape
    (100, 3)
    """
    each = [sharpness] * len(seeds) if isinstance(sharpness, Sharpness) else list(sharpness)
    if not seeds or len(each) != len(seeds) or max_steps < 1:
        raise ValueError(f"expected a sharpness for each seed and at least one step, got {len(each)}, {len(seeds)} and {max_steps}")
    scale, shift = torch.from_numpy(np.stack([one.affine(model.config.components) for one in each], axis=1)).to(model.device)  # each (B, 1 + 6K)
    random = torch.stack([noise(seed, max_steps) for seed in seeds], dim=1).to(model.device)  # (T, B, 4)
    offsets = torch.zeros(max_steps, len(seeds), 3, device=model.device)
    draw_rows = draw_one if len(seeds) == 1 else draw_sharpened
    stepper = Stepper(model, len(seeds), held)
    stepper.start(*read(model, prime))
    steps = 0
    endings: list[Ending | None] = [None] * len(seeds)
    while steps < max_steps and not all(endings):
        for step in range(steps, steps := min(steps + CHECK_EVERY, max_steps)):
            raw = stepper.step()
            offset = draw_rows(torch.addcmul(shift, raw, scale, out=raw), random[step])
            stepper.offset.copy_(offset)
            offsets[step] = offset
        written = offsets[:steps].transpose(0, 1).cpu().numpy()  # (B, t, 3)
        endings = [ending(row, width) for row in written]
    start = tuple(prime.points[-1]) if prime else (0.0, 0.0)
    found = [one or Ending(max_steps, OUT_OF_STEPS) for one in endings]
    return [Generated(Strokes(row[: one.steps], start), one.reason) for row, one in zip(written, found, strict=True)]
