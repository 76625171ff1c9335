"""What the engine in the browser is made of: its worker as one script, its kernel, and the numbers of the pen's path."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import numpy as np

from hwmodel.ink import pen_path
from hwmodel.ink.units import WHITEBOARD_UNITS
from hwmodel.sampling import endings
from hwmodel.views.packing import pack
from hwmodel.views.script import script


class PenNumbers(TypedDict):
    """How pen.js makes offsets of a pen's path: the numbers of hwmodel/ink/pen_path.py, which says what they are."""

    grid: float
    fine: float
    corner_parts: int
    smooth_px: float
    smooth: float
    smooth_turns: float
    straight_step: float
    turn_curvature: float
    turn_power: float
    start_slower: float
    start_length: float


PEN_NUMBERS: PenNumbers = {
    "grid": WHITEBOARD_UNITS,
    "fine": pen_path.FINE,
    "corner_parts": pen_path.CORNER_PARTS,
    "smooth_px": pen_path.SMOOTH_PX,
    "smooth": pen_path.SMOOTH,
    "smooth_turns": pen_path.SMOOTH_TURNS,
    "straight_step": pen_path.STRAIGHT_STEP,
    "turn_curvature": pen_path.TURN_CURVATURE,
    "turn_power": pen_path.TURN_POWER,
    "start_slower": pen_path.START_SLOWER,
    "start_length": pen_path.START_LENGTH,
}


class EndingNumbers(TypedDict):
    """Where a line that the engine writes ends: the numbers of hwmodel/sampling/endings.py, which says what they are."""

    width: float
    too_far_up_or_down: float
    too_far_back: float
    loop_steps: int
    loop_ground: float
    still_steps: int
    still_path: float
    further: float


ENDING_NUMBERS: EndingNumbers = {
    "width": endings.LINE_WIDTH,
    "too_far_up_or_down": endings.TOO_FAR_UP_OR_DOWN,
    "too_far_back": endings.TOO_FAR_BACK,
    "loop_steps": endings.LOOP_STEPS,
    "loop_ground": endings.LOOP_GROUND,
    "still_steps": endings.STILL_STEPS,
    "still_path": endings.STILL_PATH,
    "further": endings.FURTHER,
}


@dataclass(frozen=True)
class EngineParts:
    """What `startEngine` of engine.js takes."""

    worker: str  # source
    kernel: bytes  # WebAssembly


def engine_parts(folder: Path) -> EngineParts:
    """The parts that lie in the engine's folder, pages/ui/components/engine."""
    return EngineParts(script(folder / "worker.js"), (folder / "kernel.wasm").read_bytes())


def engine_file(parts: EngineParts, weights: bytes) -> bytes:
    """The engine and packed weights as one file for `engineAt` of visit.js."""
    return pack({"worker": parts.worker}, kernel=np.frombuffer(parts.kernel, np.uint8), weights=np.frombuffer(weights, np.uint8))
