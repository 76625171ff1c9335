"""The SOAP optimiser for stacks of matrices (Vyas et al. 2024, arXiv 2409.11321): Adam in the slowly turning eigenbasis of Shampoo's preconditioners.

On this model it needs about a third of AdamW's updates (figures in the model cards), for some 15 % more time an update.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor


class SOAP(torch.optim.Optimizer):
    """Updates each parameter (M, N) as a stack of `stack` equal matrices (M / stack, N): the LSTM's four gates have little to do with one another.

    `lr` is Adam's learning rate, `beta` the decay of both moments and of the preconditioners; the eigenbases take one step of orthogonal iteration
    every `turn_every` updates. Each update also takes `lr` x `weight_decay` of each weight away (Loshchilov and Hutter 2019, arXiv 1711.05101). The
    first update only looks at the gradient.
    """

    def __init__(
        self,
        params: list[dict[str, Any]],
        lr: float = 2e-3,
        beta: float = 0.95,
        turn_every: int = 10,
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(params, {"lr": lr, "beta": beta, "turn_every": turn_every, "eps": eps, "weight_decay": weight_decay, "stack": 1})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        assert closure is None
        for group in self.param_groups:
            for param in group["params"]:
                if param.grad is not None:
                    self._update(param, group)

    def _update(self, param: Tensor, group: dict[str, Any]) -> None:
        stack, beta = group["stack"], group["beta"]
        grad = param.grad.view(stack, -1, param.shape[-1])  # type: ignore[union-attr]  # (S, m, n)
        state = self.state[param]
        if not state:
            state["step"] = torch.zeros(())
            state["left"], state["right"] = (1 - beta) * grad @ grad.mT, (1 - beta) * grad.mT @ grad
            state["left_basis"], state["right_basis"] = eigenbasis(state["left"]), eigenbasis(state["right"])
            state["mean"], state["square"] = torch.zeros_like(grad), torch.zeros_like(grad)  # both in the eigenbasis
            return
        state["step"] += 1
        step = int(state["step"])
        left, right = state["left_basis"], state["right_basis"]
        turned = left.mT @ grad @ right
        state["mean"].lerp_(turned, 1 - beta)
        state["square"].lerp_(turned.square(), 1 - beta)
        update = state["mean"] / (state["square"].sqrt() + group["eps"])  # both biases are 1 - beta^step: their ratio is its root
        update *= (1 - beta**step) ** -0.5
        param.mul_(1 - group["lr"] * group["weight_decay"])
        param.view_as(grad).sub_(left @ update @ right.mT, alpha=group["lr"])
        state["left"].lerp_(grad @ grad.mT, 1 - beta)
        state["right"].lerp_(grad.mT @ grad, 1 - beta)
        if step % group["turn_every"] == 0:
            mean = left @ state["mean"] @ right.mT
            state["left_basis"], order = turn(left, state["left"])
            state["square"] = torch.take_along_dim(state["square"], order[:, :, None], 1)
            state["right_basis"], order = turn(right, state["right"])
            state["square"] = torch.take_along_dim(state["square"], order[:, None, :], 2)
            state["mean"] = state["left_basis"].mT @ mean @ state["right_basis"]


def eigenbasis(preconditioner: Tensor) -> Tensor:
    """The eigenvectors (S, n, n) of one gradient's Gram matrices (S, n, n).

    In double precision: of a few steps' gradient most eigenvalues are next to nothing, and in single precision the solver may then give NaN or not
    come to an end.
    """
    size = preconditioner.diagonal(dim1=-2, dim2=-1).sum(-1).clamp_min(torch.finfo(preconditioner.dtype).tiny)
    vectors: Tensor = torch.linalg.eigh(preconditioner.double() / size[:, None, None]).eigenvectors
    return vectors.to(preconditioner)


def turn(basis: Tensor, preconditioner: Tensor) -> tuple[Tensor, Tensor]:
    """The basis (S, n, n) after one step of orthogonal iteration, its columns sorted by eigenvalue, and the order (S, n) that sorted them."""
    image = preconditioner @ basis
    order = (basis * image).sum(1).argsort(-1, descending=True)
    return torch.linalg.qr(torch.take_along_dim(image, order[:, None, :], 2)).Q, order
