"""The kernel's bytes are those of its text, and do what torch does, under wasmtime."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import wasmtime

from hwmodel.network.as_arrays import model_of, weights_of
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.weights import NetworkWeights
from hwmodel.views.network_weights import PRECISIONS, Precision, rounded
from pages.ui.components.engine import FOLDER, parts
from tests.support.kernel import KernelNetwork
from tests.support.models import small_model
from tests.support.states import random_states, torch_step

NEAR = 1e-4  # of hidden and cell states and raw outputs


def assert_steps_agree(weights: NetworkWeights, rows: int) -> None:
    given = random_states(rows, weights.recurrent.shape[1])
    for found, wanted in zip(KernelNetwork(parts().kernel, weights, rows).step(*given), torch_step(model_of(weights), *given), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=0, atol=NEAR)


def test_the_bytes_are_made_from_the_text() -> None:
    assert wasmtime.wat2wasm((FOLDER / "kernel.wat").read_text("utf-8")) == parts().kernel


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("name", ["unipen", "iam"])
def test_a_thousand_random_states_go_where_torch_goes_with_the_same_rounded_weights(name: str, precision: Precision) -> None:
    assert_steps_agree(rounded(weights_of(load_checkpoint(name).model), precision), 1000)


@pytest.mark.parametrize("rows", [1, 3, 4, 6])
@pytest.mark.parametrize(("cells", "components"), [(8, 3), (7, 2), (1, 1)])
def test_any_size_and_any_number_of_rows_will_do(cells: int, components: int, rows: int) -> None:
    assert_steps_agree(weights_of(small_model(cells, components)), rows)


def test_a_row_is_the_same_alone_and_in_company() -> None:
    """But for the order in which four and one are added up."""
    weights, given = weights_of(load_checkpoint("unipen").model), random_states(5, 500)
    together = KernelNetwork(parts().kernel, weights, 5).step(*given)
    for row in range(5):
        alone = KernelNetwork(parts().kernel, weights, 1).step(*(array[row : row + 1] for array in given))
        for one, of_five in zip(alone, together, strict=True):
            np.testing.assert_allclose(one[0], of_five[row], rtol=0, atol=NEAR)


def test_gates_are_right_from_shut_to_open() -> None:
    """A network of one cell whose gates are its biases alone: sigmoid and tanh from -120 to 120, beyond what exp can hold."""
    for level in (-120.0, -88.5, -20.0, -3.0, -1e-3, 0.0, 1e-3, 0.6931, 3.0, 20.0, 88.5, 120.0):
        zeros = np.zeros((4, 1), np.float32)
        read = np.concatenate((np.zeros((4, 3)), np.full((4, 1), level)), axis=1).astype(np.float32)
        weights = NetworkWeights(zeros, read, np.zeros((7, 1), np.float32), np.zeros(7, np.float32))
        given = (np.zeros((1, 1), np.float32), np.full((1, 1), 0.5, np.float32), np.zeros((1, 3), np.float32))
        hidden, cell, _ = KernelNetwork(parts().kernel, weights, 1).step(*given)
        gate, candidate = torch.tensor(level, dtype=torch.float64).sigmoid(), torch.tensor(level, dtype=torch.float64).tanh()
        wanted = 0.5 * gate + gate * candidate
        assert float(cell[0, 0]) == pytest.approx(float(wanted), abs=4e-7)
        assert float(hidden[0, 0]) == pytest.approx(float(gate * wanted.tanh()), abs=4e-7)
