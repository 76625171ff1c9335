"""The mixture density output of Graves 2013 (arXiv 1308.0850), section 4.1: what the raw outputs mean, and how likely a pen movement is.

Letters: ... any leading axes (B, T), K components.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

LOG_2PI = math.log(2 * math.pi)


def output_size(components: int) -> int:
    """Number of raw outputs: the pen bit and six numbers for each component (121 for K = 20)."""
    return 1 + 6 * components


class MixtureParams(NamedTuple):
    """The distribution of the next offset. mu and sigma in model units."""

    pi: Tensor  # (..., K), sums to 1
    mu: Tensor  # (..., K, 2), x then y
    sigma: Tensor  # (..., K, 2), positive
    rho: Tensor  # (..., K), in (-1, 1)
    eos_logit: Tensor  # (...), the pen lifts after this point with probability sigmoid(eos_logit)


def split_raw(raw: Tensor) -> tuple[Tensor, ...]:
    """The seven parts of the raw output (..., 1 + 6K): eos logit (...), then pi logits, mu x, mu y, log sigma x, log sigma y and atanh rho,
    each (..., K)."""
    eos_logit, rest = raw[..., 0], raw[..., 1:]
    return eos_logit, *rest.chunk(6, dim=-1)


def split_params(raw: Tensor) -> MixtureParams:
    """The mixture that raw outputs (..., 1 + 6K) stand for (Graves 2013, eqs 18-22; the pen bit's sign is such that a larger logit lifts)."""
    eos_logit, pi_logits, mu_x, mu_y, log_sigma_x, log_sigma_y, atanh_rho = split_raw(raw)
    return MixtureParams(
        pi=pi_logits.softmax(-1),
        mu=torch.stack((mu_x, mu_y), -1),
        sigma=torch.stack((log_sigma_x, log_sigma_y), -1).exp(),
        rho=atanh_rho.tanh(),
        eos_logit=eos_logit,
    )


def blurred(raw: Tensor, sd: float) -> Tensor:
    """The raw outputs (..., 1 + 6K) of the same mixture with independent Gaussian noise of `sd` model units on x and on y: variances grow by sd^2,
    covariances stay."""
    eos_logit, pi_logits, mu_x, mu_y, log_sigma_x, log_sigma_y, atanh_rho = split_raw(raw)
    wide_x, wide_y = (0.5 * ((2 * log_sigma).exp() + sd * sd).log() for log_sigma in (log_sigma_x, log_sigma_y))
    rho = atanh_rho.tanh() * (log_sigma_x - wide_x + log_sigma_y - wide_y).exp()
    rho = rho.clamp(-0.999999, 0.999999)  # where tanh rounds to 1, atanh would be infinite
    return torch.cat((eos_logit[..., None], pi_logits, mu_x, mu_y, wide_x, wide_y, rho.atanh()), -1)


class StepNats(NamedTuple):
    """Surprise of each step, in nats (a density in model units for xy, so it may be negative)."""

    xy: Tensor  # (...)
    pen: Tensor  # (...)


def nll(raw: Tensor, target: Tensor) -> StepNats:
    """Negative log likelihood of target offsets (..., 3) under raw outputs (..., 1 + 6K), which are broadcast to them (Graves 2013, eqs 23-26).

    With r = atanh rho, 1 / (1 - rho^2) = cosh(r)^2, so nothing here divides by a number that can become zero.
    """
    eos_logit, pi_logits, mu_x, mu_y, log_sigma_x, log_sigma_y, atanh_rho = split_raw(raw)
    z_x = (target[..., 0:1] - mu_x) * (-log_sigma_x).exp()  # (..., K)
    z_y = (target[..., 1:2] - mu_y) * (-log_sigma_y).exp()
    cosh = atanh_rho.cosh()
    quadratic = z_x.square() + z_y.square() - 2 * atanh_rho.tanh() * z_x * z_y
    log_normal = cosh.log() - log_sigma_x - log_sigma_y - LOG_2PI - 0.5 * cosh.square() * quadratic
    xy = pi_logits.logsumexp(-1) - (pi_logits + log_normal).logsumexp(-1)
    logit, lifted = torch.broadcast_tensors(eos_logit, target[..., 2])
    pen = F.binary_cross_entropy_with_logits(logit, lifted, reduction="none")
    return StepNats(xy, pen)
