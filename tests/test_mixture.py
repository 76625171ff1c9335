import torch
from torch.distributions import Bernoulli, Categorical, MixtureSameFamily, MultivariateNormal

from hwmodel.mixture import nll, output_size, split_params

K = 20


def raw_outputs(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, output_size(K), generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_nll_matches_torch_distributions() -> None:
    raw = raw_outputs(4, 30)
    target = torch.randn(4, 30, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    target[..., 2] = (target[..., 2] > 0).double()
    params = split_params(raw)
    across = params.rho * params.sigma.prod(-1)
    covariance = torch.diag_embed(params.sigma.square()) + torch.stack(
        (torch.stack((0 * across, across), -1), torch.stack((across, 0 * across), -1)), -1
    )
    xy = MixtureSameFamily(Categorical(params.pi), MultivariateNormal(params.mu, covariance))
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
