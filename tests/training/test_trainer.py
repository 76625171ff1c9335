import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch
import torch.multiprocessing

from hwmodel.data.batches import BatchConfig, pieces
from hwmodel.data.lines import evenly_by_length, held_out, save_lines
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.likelihood import score
from hwmodel.network.mixture import split_params
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.train import main
from hwmodel.training import run as runs
from hwmodel.training.jobs import line_job
from hwmodel.training.run import RunFolder
from hwmodel.training.trainer import MOST_SKIPPED, NARROW, LineTrainer, TrainConfig, initialise, learning_rate
from tests.support.lines import made_up_lines, wavy_offsets

SMALL = ModelConfig(cells=8, components=3)
CPU = torch.device("cpu")


def short_run(steps: int) -> TrainConfig:
    return TrainConfig(steps=steps, lr=0.01, warmup=5, evaluate_every=20, average=0.9, batch=BatchConfig(rows=8, piece=30, groups=2))


@pytest.fixture
def lines_file(tmp_path: Path) -> str:
    save_lines(tmp_path / "made-up.npz", made_up_lines())
    return str(tmp_path / "made-up.npz")


def train(line_files: list[str], run: Path, config: TrainConfig, start_from: str | None = None, small: ModelConfig = SMALL) -> Path:
    """Train a small network in a folder, or go on there; the best checkpoint."""
    return runs.train(line_job(line_files, run, config, CPU, start_from, small), RunFolder(run), config)


def read_curve(run: Path) -> list[dict[str, Any]]:
    return RunFolder(run).read_curve()


def trainer(seed: int = 0) -> LineTrainer:
    model = HandwritingModel(SMALL)
    initialise(model, seed)
    return LineTrainer(model, short_run(40), CPU)


def food(count: int) -> list:
    lines = made_up_lines()
    stream = pieces([(lines, lines.choose("train"))], short_run(40).batch, np.random.default_rng(0))
    return [next(stream) for _ in range(count)]


def test_a_run_learns_and_its_best_checkpoint_loads(tmp_path: Path, lines_file: str) -> None:
    run = tmp_path / "run"
    best = train([lines_file], run, short_run(60))
    curve = read_curve(run)
    assert [row["step"] for row in curve] == [20, 40, 60]
    assert curve[-1]["train"] < curve[0]["train"] - 0.1 and curve[-1]["averaged"] < curve[0]["averaged"] - 0.1
    checkpoint = load_checkpoint(str(best))
    assert checkpoint.model.config == SMALL and checkpoint.about["lines"] == ["made-up.npz"]
    again = score(checkpoint.model, evenly_by_length(held_out(made_up_lines(), kind="written"), 96)).total
    assert again == pytest.approx(min(row["averaged"] for row in curve), abs=1e-3)
    assert list(run.glob("samples-*.svg"))


def test_a_run_goes_on_where_it_stopped(tmp_path: Path, lines_file: str) -> None:
    run = tmp_path / "run"
    train([lines_file], run, short_run(20))
    state = (run / "state.safetensors").read_bytes()
    train([lines_file], run, short_run(20))
    assert (run / "state.safetensors").read_bytes() == state  # nothing is left to do
    train([lines_file], run, short_run(40))
    curve = read_curve(run)
    assert [row["step"] for row in curve] == [20, 40]
    assert curve[1]["averaged"] < curve[0]["averaged"]


def test_a_loaded_state_takes_the_very_next_step_of_the_saved_one(tmp_path: Path) -> None:
    """Weights, their average and both optimisers' moments come back."""
    first, second = trainer(0), trainer(1)
    batch = food(30)
    for piece in batch[:24]:
        first.update(piece)
    first.save(tmp_path / "state.safetensors")
    second.load(tmp_path / "state.safetensors")
    assert second.step == 24
    second.states = dict(first.states)
    for piece in batch[24:]:
        assert first.update(piece) == pytest.approx(second.update(piece), abs=1e-5)
    for key, tensor in first.model.state_dict().items():
        torch.testing.assert_close(tensor, second.model.state_dict()[key], rtol=0, atol=1e-5, msg=key)
    for key, tensor in first.average.items():
        torch.testing.assert_close(tensor, second.average[key], rtol=0, atol=1e-5, msg=key)


def test_a_run_may_start_from_a_checkpoint(tmp_path: Path, lines_file: str) -> None:
    best = train([lines_file], tmp_path / "first", short_run(40))
    train([lines_file], tmp_path / "second", short_run(20), start_from=str(best))
    first, second = read_curve(tmp_path / "first"), read_curve(tmp_path / "second")
    assert second[0]["averaged"] < first[0]["averaged"]


def test_the_state_is_carried_within_lines_and_not_between_them() -> None:
    """The pieces of a group, one after the other, must score what its whole lines score."""
    fresh = trainer()
    group = [piece for piece in food(60) if piece.group == 0]
    ends = [i for i, piece in enumerate(group) if piece.first]
    whole = group[ends[1] : ends[2]]
    nats = sum(fresh.loss(piece).item() * piece.weight.sum() for piece in whole)
    targets, weight = (np.concatenate([getattr(piece, name) for piece in whole], axis=1) for name in ("targets", "weight"))
    expected = score(fresh.model, [row[w > 0] for row, w in zip(targets, weight, strict=True)])
    assert nats / expected.steps == pytest.approx(expected.total, abs=0.01)  # the pieces go through bfloat16


def test_the_second_bias_vector_is_never_trained() -> None:
    fresh = trainer()
    for piece in food(5):
        fresh.update(piece)
    assert not fresh.model.lstm.get_parameter("bias_hh_l0").any()


def test_the_average_lags_behind_the_weights() -> None:
    fresh = trainer()
    for piece in food(20):
        fresh.update(piece)
    averaged = fresh.averaged_model()
    assert not averaged.training and not torch.equal(averaged.output.weight, fresh.model.output.weight)
    torch.testing.assert_close(averaged.output.weight, fresh.average["output.weight"])


def test_a_piece_whose_gradient_is_no_number_is_left_out() -> None:
    fresh = trainer()
    good, bad, *more = [piece for piece in food(60) if piece.group == 0]
    fresh.update(good)
    before = fresh.model.output.weight.clone()
    targets = bad.targets.copy()
    targets[0, 0] = np.inf
    assert np.isnan(fresh.update(bad._replace(targets=targets)))
    assert torch.equal(fresh.model.output.weight, before) and fresh.step == 1
    assert np.isfinite(fresh.update(more[0])) and not torch.equal(fresh.model.output.weight, before)


def test_gradients_that_stay_no_number_stop_the_run() -> None:
    fresh = trainer()
    with torch.no_grad():
        fresh.model.output.bias.fill_(float("nan"))
    with pytest.raises(FloatingPointError, match=r"not finite at update 0; .* smaller --lr"):
        for piece in food(MOST_SKIPPED):
            fresh.update(piece)


def test_the_rate_rises_stays_and_falls() -> None:
    config = TrainConfig(steps=1000, warmup=100, decay=0.2)
    rates = [learning_rate(step, config) for step in range(1000)]
    assert rates[0] == 0.01 and rates[99] == rates[799] == 1 and rates[100:800] == [1.0] * 700
    assert rates[900] == pytest.approx(0.5) and rates[-1] == 0.01
    assert learning_rate(999, TrainConfig(steps=1000, decay=0)) == 1


def test_first_weights_follow_the_seed_and_remember() -> None:
    first, same, other = HandwritingModel(SMALL), HandwritingModel(SMALL), HandwritingModel(SMALL)
    for model, seed in ((first, 1), (same, 1), (other, 2)):
        initialise(model, seed)
    weights, again, others = (model.lstm.get_parameter("weight_hh_l0") for model in (first, same, other))
    assert torch.equal(weights, again) and not torch.equal(weights, others)
    for gate in weights.detach().chunk(4):
        torch.testing.assert_close(gate @ gate.T, torch.eye(8))
    assert first.lstm.get_parameter("bias_ih_l0").tolist() == [0.0] * 8 + [1.0] * 8 + [0.0] * 16


def test_one_component_begins_as_a_resting_pen_in_any_state() -> None:
    model = HandwritingModel(SMALL)
    initialise(model, 0)
    params = split_params(model(torch.randn(2, 30, 3))[0])
    assert not params.mu[..., 0, :].any() and torch.allclose(params.sigma[..., 0, :], torch.tensor(NARROW).exp())
    assert (params.mu[..., 1:, :] != 0).all() and (params.sigma[..., 1:, :] > 0.3).all()


def test_dropout_is_for_training_alone() -> None:
    plain, dropped = trainer(), trainer()
    dropped.config = replace(dropped.config, recurrent_dropout=0.5)
    piece = food(1)[0]
    losses = {one.loss(piece).item() for one in (plain, plain, dropped, dropped)}
    assert len(losses) == 3  # each time something else is left out


def test_a_run_with_dropout_looks_at_validation_lines_without_it(tmp_path: Path, lines_file: str) -> None:
    jobs = [line_job([lines_file], tmp_path, replace(short_run(20), recurrent_dropout=share), CPU, None, SMALL) for share in (0.0, 0.5)]
    assert jobs[0].look(jobs[0].trainer.averaged_model()) == jobs[1].look(jobs[1].trainer.averaged_model())


def test_an_update_shortens_a_gradient_that_is_too_long() -> None:
    fresh = trainer()
    fresh.config = replace(fresh.config, clip=0.01)
    fresh.update(food(1)[0])
    lengths = [p.grad.norm() for p in fresh.model.parameters() if p.grad is not None]
    assert torch.stack(lengths).norm().item() == pytest.approx(0.01, rel=1e-3)


def after_one_update(**changes: float) -> LineTrainer:
    """A trainer of the first weights that were updated once."""
    model = HandwritingModel(SMALL)
    initialise(model, 0)
    one = LineTrainer(model, replace(short_run(40), warmup=1, **changes), CPU)  # type: ignore[arg-type]
    one.update(food(1)[0])
    return one


def test_weight_decay_takes_its_share_of_the_weights_that_adamw_has() -> None:
    plain, decayed = after_one_update(weight_decay=0.0, output_rate=1.0), after_one_update(weight_decay=0.5, output_rate=1.0)
    first = HandwritingModel(SMALL)
    initialise(first, 0)
    for weight in ("lstm.weight_ih_l0", "output.weight"):
        taken = (plain.model.state_dict()[weight] - decayed.model.state_dict()[weight]) / 0.01
        torch.testing.assert_close(taken, 0.5 * first.state_dict()[weight], rtol=1e-3, atol=1e-4)


def test_the_output_layer_has_a_rate_of_its_own() -> None:
    full, half = after_one_update(output_rate=1.0, weight_decay=0.0), after_one_update(output_rate=0.5, weight_decay=0.0)
    first = HandwritingModel(SMALL)
    initialise(first, 0)
    for name, share in (("output.weight", 0.5), ("output.bias", 0.5), ("lstm.weight_ih_l0", 1.0)):
        moved = [one.model.state_dict()[name] - first.state_dict()[name] for one in (full, half)]
        torch.testing.assert_close(moved[1], share * moved[0], rtol=1e-3, atol=1e-6)


def test_a_run_with_dropout_learns(tmp_path: Path, lines_file: str) -> None:
    train([lines_file], tmp_path / "run", replace(short_run(60), recurrent_dropout=0.1))
    curve = read_curve(tmp_path / "run")
    assert curve[-1]["averaged"] < curve[0]["averaged"] - 0.1


def test_looks_at_validation_lines_are_spread_over_their_lengths() -> None:
    lines = [wavy_offsets(steps) for steps in range(1, 101)]
    assert [len(line) for line in evenly_by_length(lines, 4)] == [1, 34, 67, 100]
    assert len(evenly_by_length(lines, 500)) == 100


def test_a_missing_lines_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--lines", "gone.npz", "--out", "nothing"]) == 2
    assert "gone.npz" in capsys.readouterr().err and not (tmp_path / "runs").exists()


def test_dropping_everything_is_refused_in_a_sentence(lines_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lines", lines_file, "--out", "nothing", "--recurrent-dropout", "1"]) == 2
    assert capsys.readouterr().err == "recurrent_dropout must be a share from 0 to below 1, got 1.0\n"


def work(rank: int, folder: str) -> None:
    """One of two processes that train together."""
    torch.set_num_threads(1)
    store = torch.distributed.FileStore(  # type: ignore[attr-defined]
        f"{folder}/meeting"
    )  # of no stated size: it leaves its file alone, which may not be gone before both are done
    torch.distributed.init_process_group("gloo", store=store, rank=rank, world_size=2)
    lines, one = made_up_lines(), trainer()
    source = pieces([(lines, lines.choose("train"))], short_run(40).batch, np.random.default_rng([0, 0, rank]))
    losses = [one.update(next(source)) for _ in range(4)]
    weights = [p.double().sum().item() for p in one.model.parameters()]
    Path(folder, f"rank-{rank}.json").write_text(json.dumps({"losses": losses, "weights": weights}), encoding="utf-8")
    torch.distributed.barrier()
    torch.distributed.destroy_process_group()


@pytest.mark.flaky(reruns=2, only_rerun="ProcessExitedException")  # on a busy machine, gloo aborts one of them now and then (once in a dozen suites)
def test_two_processes_read_other_lines_and_keep_the_same_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))  # a new process runs it anew, and a page's test may have left its page there
    torch.multiprocessing.spawn(work, (str(tmp_path),), nprocs=2)  # type: ignore[attr-defined]
    zero, one = (json.loads((tmp_path / f"rank-{rank}.json").read_text("utf-8")) for rank in (0, 1))
    assert zero["weights"] == one["weights"] and zero["losses"] != one["losses"]
