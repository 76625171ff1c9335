import pytest
import torch
from torch import Tensor

from hwmodel.training.soap import SOAP, eigenbasis, turn


def random(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


class PaperSOAP:
    """One matrix by Vyas et al. 2024, algorithm 3, in plain steps: the mean is kept unrotated, every product is written out."""

    def __init__(self, weight: Tensor, grad: Tensor, lr: float, beta: float, turn_every: int, weight_decay: float) -> None:
        self.weight, self.lr, self.beta, self.turn_every, self.weight_decay = weight.clone(), lr, beta, turn_every, weight_decay
        self.left, self.right = (1 - beta) * grad @ grad.T, (1 - beta) * grad.T @ grad
        self.left_basis, self.right_basis = torch.linalg.eigh(self.left)[1], torch.linalg.eigh(self.right)[1]
        self.mean, self.square, self.steps = torch.zeros_like(weight), torch.zeros_like(weight), 0

    def step(self, grad: Tensor) -> None:
        self.steps += 1
        beta, ql, qr = self.beta, self.left_basis, self.right_basis
        self.mean = beta * self.mean + (1 - beta) * grad
        self.square = beta * self.square + (1 - beta) * (ql.T @ grad @ qr) ** 2
        correction = 1 - beta**self.steps
        rotated_mean = ql.T @ self.mean @ qr / correction
        self.weight -= self.lr * self.weight_decay * self.weight
        self.weight -= self.lr * ql @ (rotated_mean / (self.square / correction).sqrt()) @ qr.T
        self.left = beta * self.left + (1 - beta) * grad @ grad.T
        self.right = beta * self.right + (1 - beta) * grad.T @ grad
        if self.steps % self.turn_every == 0:
            self.left_basis, rows = self.turned(ql, self.left)
            self.right_basis, columns = self.turned(qr, self.right)
            self.square = self.square[rows][:, columns]

    @staticmethod
    def turned(basis: Tensor, preconditioner: Tensor) -> tuple[Tensor, Tensor]:
        """One power step and a QR decomposition, the columns first brought into the order of their eigenvalues."""
        order = torch.diag(basis.T @ preconditioner @ basis).argsort(descending=True)
        return torch.linalg.qr(preconditioner @ basis[:, order])[0], order


@pytest.mark.parametrize("weight_decay", [0.0, 0.5])
def test_updates_are_those_of_the_paper_for_each_matrix_of_a_stack(weight_decay: float) -> None:
    weight = random(2 * 5, 4)
    param = torch.nn.Parameter(weight.clone())
    optimiser = SOAP([{"params": [param], "stack": 2}], lr=0.01, beta=0.9, turn_every=3, weight_decay=weight_decay)
    grads = [random(2 * 5, 4, seed=10 + i) for i in range(12)]
    plain = [PaperSOAP(w, g, 0.01, 0.9, 3, weight_decay) for w, g in zip(weight.chunk(2), grads[0].chunk(2), strict=True)]
    param.grad = grads[0]
    optimiser.step()
    assert torch.equal(param.detach(), weight)  # the first gradient only sets up the bases
    for grad in grads[1:]:
        param.grad = grad
        optimiser.step()
        for matrix, part in zip(plain, grad.chunk(2), strict=True):
            matrix.step(part)
        torch.testing.assert_close(param.detach(), torch.cat([matrix.weight for matrix in plain]), rtol=1e-5, atol=1e-5)


def test_a_turned_basis_is_orthonormal_and_comes_to_the_eigenvectors() -> None:
    root = random(2, 6, 6)
    preconditioner = root @ root.mT
    basis = torch.linalg.qr(random(2, 6, 6, seed=1)).Q
    for _ in range(500):
        basis, _ = turn(basis, preconditioner)
    torch.testing.assert_close(basis.mT @ basis, torch.eye(6, dtype=torch.float64).expand(2, 6, 6))
    diagonal = basis.mT @ preconditioner @ basis
    torch.testing.assert_close(diagonal, torch.diag_embed(diagonal.diagonal(dim1=-2, dim2=-1)), atol=1e-4, rtol=0)


def regression_loss(make: object, steps: int = 150) -> float:
    """Loss left of an ill-conditioned matrix regression after some steps of an optimiser."""
    weight = torch.nn.Parameter(torch.zeros(12, 12, dtype=torch.float64))
    target = random(12, 12, seed=1)
    left, right = (random(12, 12, seed=s) * torch.logspace(0, -1.5, 12, dtype=torch.float64) for s in (2, 3))
    optimiser = make([weight])  # type: ignore[operator]
    for _ in range(steps):
        loss = (left @ (weight - target) @ right.T).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return loss.item()


def test_soap_gets_further_than_adam_where_the_axes_are_mixed() -> None:
    soap = regression_loss(lambda params: SOAP([{"params": params}], lr=0.02))
    adam = regression_loss(lambda params: torch.optim.Adam(params, lr=0.02))
    start = regression_loss(lambda params: torch.optim.SGD(params, lr=0.0))
    assert soap < 0.7 * adam < 0.7 * start


def test_first_bases_are_exact_where_most_eigenvalues_are_next_to_nothing() -> None:
    # so it is for a network that has learnt already and cells that stand still; in single precision the solver then gave NaN now and then
    grad = random(40, 40).float()
    grad[:, ::2] *= 1e-4
    preconditioner = (grad.mT @ grad)[None]
    basis = eigenbasis(preconditioner).double()
    turned = basis.mT @ preconditioner.double() @ basis
    sizes = turned.diagonal(dim1=-2, dim2=-1).abs().sqrt()
    off = (turned / sizes[:, None, :] / sizes[:, :, None]).abs() - torch.eye(40)
    assert off.max() < 1e-2
