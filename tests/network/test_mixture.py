import math

import pytest
import torch
from torch.distributions import Bernoulli, Categorical, MixtureSameFamily, MultivariateNormal

from hwmodel.network.mixture import MixtureParams, blurred, nll, output_size, split_params

K = 20


def raw_outputs(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, output_size(K), generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def covariance(params: MixtureParams) -> torch.Tensor:
    """The covariance matrix (..., K, 2, 2) of each component."""
    across = params.rho * params.sigma.prod(-1)
    return torch.diag_embed(params.sigma.square()) + torch.stack((torch.stack((0 * across, across), -1), torch.stack((across, 0 * across), -1)), -1)


def test_nll_matches_torch_distributions() -> None:
    raw = raw_outputs(4, 30)
    target = torch.randn(4, 30, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    target[..., 2] = (target[..., 2] > 0).double()
    params = split_params(raw)
    xy = MixtureSameFamily(Categorical(params.pi), MultivariateNormal(params.mu, covariance(params)))
    nats = nll(raw, target)
    torch.testing.assert_close(nats.xy, -xy.log_prob(target[..., :2]))
    torch.testing.assert_close(nats.pen, -Bernoulli(logits=params.eos_logit).log_prob(target[..., 2]))


def test_params_are_a_distribution() -> None:
    params = split_params(raw_outputs(50))
    assert params.pi.shape == (50, K) and params.mu.shape == params.sigma.shape == (50, K, 2) and params.eos_logit.shape == (50,)
    torch.testing.assert_close(params.pi.sum(-1), torch.ones(50, dtype=torch.float64))
    assert (params.sigma > 0).all() and (params.rho.abs() < 1).all()


def test_raw_outputs_are_in_the_articles_order() -> None:
    raw = torch.arange(output_size(K), dtype=torch.float64) / 100
    params = split_params(raw)
    assert params.eos_logit == raw[0]
    torch.testing.assert_close(params.pi, raw[1:21].softmax(0))
    torch.testing.assert_close(params.mu, torch.stack((raw[21:41], raw[41:61]), -1))
    torch.testing.assert_close(params.sigma, torch.stack((raw[61:81], raw[81:101]), -1).exp())
    torch.testing.assert_close(params.rho, raw[101:].tanh())


def test_blurring_adds_to_the_variances_and_to_nothing_else() -> None:
    raw = raw_outputs(50)
    before, after = split_params(raw), split_params(blurred(raw, 0.3))
    torch.testing.assert_close(covariance(after), covariance(before) + 0.09 * torch.eye(2, dtype=torch.float64))
    for name in ("pi", "mu", "eos_logit"):
        assert torch.equal(getattr(after, name), getattr(before, name))


def test_a_blurred_density_has_an_upper_bound() -> None:
    """However narrow a component is, and at a correlation that rounds to 1 in float32."""
    raw = torch.zeros(2, output_size(1))
    raw[0, 4:6] = -30.0
    raw[1, 6] = 9.0
    assert nll(raw, torch.zeros(2, 3)).xy[0] < -50
    xy = nll(blurred(raw, 0.1), torch.zeros(2, 3)).xy
    assert torch.isfinite(xy).all() and xy[0].item() == pytest.approx(math.log(2 * math.pi * 0.01))


def test_nll_and_its_gradient_stay_finite_at_extremes() -> None:
    """A correlation that rounds to 1 in float32, a far-away target and a very narrow component."""
    raw = torch.zeros(3, output_size(K))
    raw[0, -K:] = 9.0
    raw[1, 1 + 3 * K : 1 + 5 * K] = -9.0
    raw[2, 0] = 200.0
    raw.requires_grad_()
    nats = nll(raw, torch.tensor([[25.0, -25.0, 0.0], [0.1, 0.0, 1.0], [0.0, 0.0, 0.0]]))
    (nats.xy + nats.pen).sum().backward()
    assert torch.isfinite(nats.xy).all() and torch.isfinite(nats.pen).all()
    assert raw.grad is not None and torch.isfinite(raw.grad).all()


def test_a_blurred_mixture_whose_gaussian_is_all_but_a_line_stays_finite() -> None:
    """tanh of 12 is 1 in float32, and atanh of 1 infinite."""
    raw = torch.zeros(1 + 6 * 2)
    raw[-2:] = 12.0
    wider = blurred(raw, 1e-6)
    assert wider.isfinite().all()
    assert all(part.isfinite().all() for part in nll(wider, torch.tensor((0.1, 0.1, 0.0))))
