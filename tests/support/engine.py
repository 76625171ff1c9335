"""Scripts of the engine on a page, and what they are given."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
from playwright.sync_api import Page

from hwmodel.network.as_arrays import model_of, text_model_of, weights_of
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.views.network_weights import Precision, rounded, weights_bytes
from hwmodel.views.script import script
from pages.ui.components.engine import FOLDER, parts

Run = Callable[..., Any]

KNOWN = """
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const floatsOf = (text) => new Float32Array(bytesOf(text).buffer);
const textOf = (floats) => {
    const bytes = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
    let text = "";
    for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
    return btoa(text);
};
const begin = async () => {
    const engine = js.startEngine({ worker: given.worker, kernel: given.kernel && bytesOf(given.kernel) });
    const told = await engine.load(bytesOf(given.weights), given.rows ?? 8);
    return { engine, told };
};
"""


def text_of(data: bytes | np.ndarray) -> str:
    return base64.b64encode(data if isinstance(data, bytes) else np.ascontiguousarray(data, np.float32).tobytes()).decode()


def floats_of(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.float32)


def given_for(model: HandwritingModel | TextModel, plain: bool = False, precision: Precision = "int8", **more: object) -> dict[str, Any]:
    """What `begin` takes, and more."""
    packed = weights_bytes(weights_of(model), "0123456789abcdef", model.config.units_per_offset, precision)
    return {"worker": parts().worker, "kernel": None if plain else text_of(parts().kernel), "weights": text_of(packed), **more}


def known_to_browser(model: HandwritingModel, precision: Precision = "int8") -> HandwritingModel:
    """The model with the weights that the browser computes with."""
    return model_of(rounded(weights_of(model), precision))


def text_known_to_browser(model: TextModel, precision: Precision = "int8") -> TextModel:
    """The text network with the weights that the browser computes with."""
    return text_model_of(rounded(weights_of(model), precision))


def run_on(page: Page, files: str, body: str, given: Any = None) -> Any:
    """What the body of an async function returns, which knows what the files export as `js`, the value `given`, and what stands in KNOWN."""
    return page.evaluate(
        """async ([sources, body, given]) => {
            const urls = sources.map((source) => URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
            const js = Object.assign({}, ...(await Promise.all(urls.map((url) => import(url)))));
            return Object.getPrototypeOf(async () => {}).constructor("js", "given", body)(js, given);
        }""",
        [[script(FOLDER / file) for file in files.split()], KNOWN + body, given],
    )
