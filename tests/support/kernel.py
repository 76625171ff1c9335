"""The engine's kernel without a browser: its bytes run by wasmtime on weights that are laid out here, apart from the js that does it for a page."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from wasmtime import Engine, Instance, Module, Store

from hwmodel.network.weights import NetworkWeights

PAGE = 65536


class KernelNetwork:
    """So many rows of a network. What lies where in its memory is what kernel.wat says."""

    def __init__(self, code: bytes, weights: NetworkWeights, rows: int) -> None:
        self.rows, self.cells = rows, weights.recurrent.shape[1]
        self.outputs = len(weights.output_bias)
        self.width = -(-self.cells // 4) * 4
        self.inputs = self.width + 4
        gates = np.zeros((4, self.width, self.inputs), np.float32)
        gates[:, : self.cells, : self.cells] = weights.recurrent.reshape(4, self.cells, self.cells)
        gates[:, : self.cells, self.width :] = weights.read.reshape(4, self.cells, 4)
        output = np.zeros((-(-self.outputs // 8) * 8, self.inputs), np.float32)
        output[: self.outputs, : self.cells], output[: self.outputs, -1] = weights.output, weights.output_bias
        blocks = [matrix.reshape(-1, 8, self.inputs).swapaxes(1, 2) for matrix in (gates, output)]
        shapes = [*(block.shape for block in blocks), (rows, self.inputs), (rows, self.width), (rows, 4 * self.width), (rows, len(output))]
        sizes = [int(np.prod(shape)) for shape in shapes]
        self.places = np.cumsum([0, *(4 * size for size in sizes)]).tolist()
        self.store = Store(Engine())
        exports = Instance(self.store, Module(self.store.engine, code), []).exports(self.store)
        self.product: Any = exports["product"]
        self.update: Any = exports["update"]
        memory: Any = exports["memory"]
        memory.grow(self.store, self.places[-1] // PAGE)
        buffer = (ctypes.c_ubyte * self.places[-1]).from_address(ctypes.addressof(memory.data_ptr(self.store).contents))
        views = [
            np.frombuffer(buffer, np.float32, int(np.prod(shape)), place).reshape(shape) for shape, place in zip(shapes, self.places, strict=False)
        ]
        for view, block in zip(views, blocks, strict=False):
            view[:] = block
        self.read, self.cell, self.raw = views[2], views[3], views[5]
        self.read[:] = self.cell[:] = 0
        self.read[:, -1] = 1

    def step(self, hidden: np.ndarray, cell: np.ndarray, offset: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Hidden and cell states (rows, H) and raw outputs (rows, 1 + 6K) after such states have read offsets (rows, 3)."""
        self.read[:, : self.cells], self.cell[:, : self.cells], self.read[:, self.width : -1] = hidden, cell, offset
        gate_weights, output_weights, read, cells, gates, raw, _ = self.places
        self.product(self.store, gate_weights, read, gates, self.inputs, self.width // 2, self.rows)
        self.update(self.store, gates, cells, read, self.inputs, self.width, self.rows)
        self.product(self.store, output_weights, read, raw, self.inputs, self.raw.shape[1] // 8, self.rows)
        return self.read[:, : self.cells].copy(), self.cell[:, : self.cells].copy(), self.raw[:, : self.outputs].copy()
