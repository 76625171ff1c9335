"""Drawing offsets and writing lines: the fast way must give the plain model's numbers, and the same seed the same ink."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import Tensor

from hwmodel.ink.strokes import Strokes
from hwmodel.network.mixture import split_params
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.sampling.laws import AS_LEARNT, LAWS, Sharpness, graves, root_temperature, temperature
from hwmodel.sampling.lines import draw, draw_one, draw_sharpened, generate, noise
from tests.support.lines import wavy_offsets

K = 3


@pytest.fixture(scope="module")
def model() -> HandwritingModel:
    """Eight cells whose outputs are lively enough that components, pen and place all vary."""
    torch.manual_seed(5)
    model = HandwritingModel(ModelConfig(cells=8, components=K))
    with torch.no_grad():
        model.output.weight.mul_(6)
        model.output.bias[0] = -2
        model.output.bias[1 + K : 1 + 2 * K] += 0.5  # to the right
    return model.eval().requires_grad_(False)


def some_raw(rows: int) -> Tensor:
    return torch.randn(rows, 1 + 6 * K, generator=torch.Generator().manual_seed(3))


def sharpened(raw: Tensor, sharpness: Sharpness) -> Tensor:
    scale, shift = torch.from_numpy(sharpness.affine(K))
    return raw * scale + shift


@torch.inference_mode()
def plain_line(model: HandwritingModel, seed: int, sharpness: Sharpness, steps: int, prime: Strokes | None = None) -> np.ndarray:
    """The line as the module itself would write it, one call a step."""
    random, state, offset = noise(seed, steps), None, torch.zeros(1, 3)
    for given in [] if prime is None else torch.from_numpy(prime.offsets.copy()):
        _, state = model(offset[:, None], state)
        offset = given[None]
    offsets = []
    for t in range(steps):
        raw, state = model(offset[:, None], state)
        offset = draw(raw[:, 0], random[t], sharpness)
        offsets.append(offset[0])
    return torch.stack(offsets).numpy()


def test_draws_have_the_mixtures_moments() -> None:
    raw = some_raw(1)
    params = split_params(raw[0])
    offsets = draw(raw.expand(200_000, -1), noise(1, 200_000), AS_LEARNT)
    mean = (params.pi[:, None] * params.mu).sum(0)
    off_diagonal = params.rho * params.sigma.prod(-1)
    spread = torch.diag_embed(params.sigma.square()) + off_diagonal[:, None, None] * (1 - torch.eye(2))
    second = (params.pi[:, None, None] * (spread + params.mu[:, :, None] * params.mu[:, None, :])).sum(0)
    torch.testing.assert_close(offsets[:, :2].mean(0), mean, atol=0.03, rtol=0)
    torch.testing.assert_close(offsets[:, :2].T @ offsets[:, :2] / len(offsets), second, atol=0.15, rtol=0.03)
    assert offsets[:, 2].mean().item() == pytest.approx(params.eos_logit.sigmoid().item(), abs=0.005)


def test_drawing_one_line_gives_what_drawing_many_gives() -> None:
    raw, random = some_raw(300), noise(2, 300)
    one_by_one = torch.cat([draw_one(raw[row : row + 1], random[row : row + 1]) for row in range(300)])
    torch.testing.assert_close(one_by_one, draw_sharpened(raw, random), atol=2e-6, rtol=2e-5)


@pytest.mark.parametrize("random", [(0.0, 0.0), (1.0, 1.0)])
def test_the_extreme_random_numbers_pick_the_first_and_the_last_component(random: tuple[float, float]) -> None:
    raw = torch.zeros(1, 1 + 6 * K)
    raw[0, 1 + K : 1 + 2 * K] = torch.tensor([10.0, 20.0, 30.0])
    row = torch.tensor([[*random, 0.0, 0.0]])
    expected = torch.tensor([[10.0 if random[0] == 0 else 30.0, 0.0, float(random[1] == 0)]])
    torch.testing.assert_close(draw_sharpened(raw, row), expected)
    torch.testing.assert_close(draw_one(raw, row), expected)


def test_certain_outputs_can_be_drawn_from() -> None:
    raw = some_raw(50) * 60  # logits, log sigmas and atanh rho far from anything learnt
    raw[0, 0] = -1000
    raw[:, 1 + 3 * K : 1 + 5 * K].clamp_(max=0)
    many = draw_sharpened(raw, noise(3, 50))
    one = torch.cat([draw_one(raw[row : row + 1], noise(3, 50)[row : row + 1]) for row in range(50)])
    assert many.isfinite().all()
    torch.testing.assert_close(one, many, atol=1e-3, rtol=1e-3)


def test_graves_bias_is_equations_61_and_62() -> None:
    raw, bias = some_raw(4), 0.7
    plain, biased = split_params(raw), split_params(sharpened(raw, graves(bias)))
    torch.testing.assert_close(biased.pi, (raw[:, 1 : 1 + K] * (1 + bias)).softmax(-1))
    torch.testing.assert_close(biased.sigma, plain.sigma * math.exp(-bias))
    for untouched in ("mu", "rho", "eos_logit"):
        torch.testing.assert_close(getattr(biased, untouched), getattr(plain, untouched))


@pytest.mark.parametrize(("law", "power"), [(temperature, 1.0), (root_temperature, 0.5)])
def test_temperature_laws_raise_pi_to_one_over_t_and_shrink_sigma(law: object, power: float) -> None:
    raw, value = some_raw(4), 0.4
    plain, cooled = split_params(raw), split_params(sharpened(raw, law(value)))  # type: ignore[operator]
    raised = plain.pi.pow(1 / value)
    torch.testing.assert_close(cooled.pi, raised / raised.sum(-1, keepdim=True))
    torch.testing.assert_close(cooled.sigma, plain.sigma * value**power)


def test_every_law_has_a_value_that_leaves_the_network_as_it_is() -> None:
    assert [law(0.0 if name == "Graves" else 1.0) for name, law in LAWS.items()] == [AS_LEARNT] * 3


def test_noise_does_not_depend_on_how_much_of_it_is_asked_for() -> None:
    assert torch.equal(noise(4, 50), noise(4, 200)[:50])
    assert not torch.equal(noise(4, 50), noise(5, 50))


def test_more_bias_narrows_offsets(model: HandwritingModel) -> None:
    spread = [np.mean([each.strokes.offsets[:, :2].std() for each in generate(model, range(20), graves(bias), 60)]) for bias in (0.0, 1.0, 3.0)]
    assert spread[0] > spread[1] > spread[2]


def test_more_pen_bias_lifts_the_pen_more_often(model: HandwritingModel) -> None:
    lifts = [np.mean([each.strokes.pen_up.mean() for each in generate(model, range(20), graves(0.5, bias), 60)]) for bias in (-3.0, 0.0, 3.0)]
    assert lifts[0] < lifts[1] < lifts[2]


@pytest.mark.parametrize("prime", [None, Strokes(wavy_offsets(30)), Strokes(wavy_offsets(1), (3.0, 4.0)), Strokes(np.zeros((0, 3)))])
def test_fast_writing_is_what_the_plain_model_writes(model: HandwritingModel, prime: Strokes | None) -> None:
    (written,) = generate(model, [11], graves(0.3), 40, prime, width=math.inf)
    expected = plain_line(model, 11, graves(0.3), 40, prime)[: len(written.strokes)]
    np.testing.assert_allclose(written.strokes.offsets, expected, atol=1e-5)
    assert len(written.strokes) == 40


def test_lines_are_the_same_alone_and_in_company(model: HandwritingModel) -> None:
    settings = [graves(0.0), temperature(0.5), graves(2.0, -1.0)]
    together = generate(model, [1, 2, 3], settings, 50)
    for seed, sharpness, line in zip((1, 2, 3), settings, together, strict=True):
        (alone,) = generate(model, [seed], sharpness, 50)
        assert alone.stopped == line.stopped
        np.testing.assert_allclose(line.strokes.offsets, alone.strokes.offsets, atol=1e-4)


def test_same_seed_gives_the_same_ink_and_another_seed_other_ink(model: HandwritingModel) -> None:
    first, again, other = (generate(model, [seed], max_steps=30)[0].strokes for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_longer_line_begins_as_the_shorter_one_did(model: HandwritingModel) -> None:
    (short,), (long,) = generate(model, [1], graves(1), 20), generate(model, [1], graves(1), 45)
    np.testing.assert_array_equal(long.strokes.offsets[:20], short.strokes.offsets)


def test_global_random_numbers_are_left_alone(model: HandwritingModel) -> None:
    torch_before, numpy_before = torch.get_rng_state(), np.random.get_state()[1].copy()  # type: ignore[index]
    generate(model, [1], max_steps=10)
    assert torch.equal(torch.get_rng_state(), torch_before)
    np.testing.assert_array_equal(np.random.get_state()[1], numpy_before)  # type: ignore[index]


def test_primed_writing_starts_where_the_ink_ends(model: HandwritingModel) -> None:
    prime = Strokes(wavy_offsets(25), (2.0, 1.0))
    (written,) = generate(model, [1], max_steps=10, prime=prime)
    assert written.strokes.start == pytest.approx(tuple(prime.points[-1]))


def test_a_line_says_that_its_steps_were_used_up(model: HandwritingModel) -> None:
    (written,) = generate(model, [1], graves(1), 12)
    assert (len(written.strokes), written.stopped) == (12, "all its steps were used up")


def test_a_line_ends_at_the_first_pen_lift_behind_its_width(model: HandwritingModel) -> None:
    (written,) = generate(model, [1], graves(1, 4), 400, width=5.0)
    strokes = written.strokes
    assert written.stopped == "the line is full"
    assert strokes.points[-1, 0] > 5 and strokes.finished
    assert not (strokes.pen_up[:-1] & (strokes.points[1:-1, 0] > 5)).any()


def test_lines_need_a_sharpness_each(model: HandwritingModel) -> None:
    with pytest.raises(ValueError, match="a sharpness for each seed"):
        generate(model, [1, 2], [graves(1)], 10)
    with pytest.raises(ValueError, match="at least one step"):
        generate(model, [1], max_steps=0)
