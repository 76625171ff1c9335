"""A visitor who speaks Streamlit's own websocket protocol, without a browser."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

import websockets
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

DONE = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


@dataclass
class Visitor:
    """One session: what it has seen of the page, and what its widgets say."""

    address: str  # of the server, http://host:port
    page: str  # its path, "" for the first page
    patience: float  # seconds until a change that has not been answered counts as failed
    errors: list[str] = field(default_factory=list)  # exceptions that a page showed
    received: int = 0  # bytes
    socket: Any = None
    widgets: dict[str, str] = field(default_factory=dict)  # a widget's id by its key
    fragment: dict[str, str] = field(default_factory=dict)  # a fragment's id by that of a widget in it
    states: dict[str, WidgetState] = field(default_factory=dict)
    query: str = ""
    script: str = ""  # hash of the page's script

    async def open(self) -> float:
        """Connect and wait until the page stands; seconds it took."""
        began = time.perf_counter()
        address = self.address.replace("http", "ws", 1) + "/_stcore/stream"
        self.socket = await websockets.connect(address, subprotocols=["streamlit"], max_size=None, open_timeout=self.patience, ping_interval=None)  # type: ignore[list-item]
        await self._run(self.page)
        return time.perf_counter() - began

    async def go_to(self, page: str) -> float:
        """Open another page of the same visit, and wait until it stands; seconds it took."""
        self.script, self.query = "", ""
        began = time.perf_counter()
        await self._run(page)
        return time.perf_counter() - began

    async def change(self, key: str, **value: Any) -> float:
        """Set a widget by its key, and wait until the script has run; seconds it took. `value` is one field of Streamlit's WidgetState, JSON as an
        object. Raises KeyError where the page has no such widget, TimeoutError where it takes too long."""
        widget = self.widgets[key]
        ((name, given),) = value.items()
        self.states[widget] = WidgetState(id=widget)
        if name == "double_array_value":
            self.states[widget].double_array_value.data.extend(given)
        else:
            setattr(self.states[widget], name, json.dumps(given) if name == "json_value" else given)
        began = time.perf_counter()
        await self._run(fragment=self.fragment.get(widget, ""))
        return time.perf_counter() - began

    async def close(self) -> None:
        """Leave."""
        if self.socket is not None:
            await self.socket.close()

    async def _run(self, page: str = "", fragment: str = "") -> None:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_script_hash, rerun.page_name, rerun.fragment_id = self.query, self.script, page, fragment
        rerun.widget_states.widgets.extend(self.states.values())
        await self.socket.send(message.SerializeToString())
        until = time.perf_counter() + self.patience
        while not self._learn(await asyncio.wait_for(self.socket.recv(), max(0.01, until - time.perf_counter()))):
            pass

    def _learn(self, raw: bytes) -> bool:
        """Note what a message says; true where it says that the script has run to its end, or cannot run."""
        self.received += len(raw)
        message = ForwardMsg.FromString(raw)
        match message.WhichOneof("type"):
            case "new_session":
                self.script = message.new_session.page_script_hash
            case "navigation":
                self.script = message.navigation.page_script_hash or self.script
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._see(message.delta.new_element, message.delta.fragment_id)
            case "script_finished":
                broken = message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR
                self.errors += ["compile error"] * broken
                return broken or message.script_finished in DONE
        return False

    def _see(self, new_element: Message, fragment: str) -> None:
        kind = new_element.WhichOneof("type")
        element = getattr(new_element, kind) if kind else None
        if kind == "exception":
            self.errors.append(f"{element.type}: {element.message}"[:300])  # type: ignore[union-attr]
        if kind == "alert" and "fault of ours" in element.body:  # type: ignore[union-attr]
            self.errors.append(element.body[:300])  # type: ignore[union-attr]
        widget = getattr(element, "id", "")
        if widget.startswith("$$ID-"):  # $$ID-hash-key
            self.widgets[widget.split("-", 2)[2]] = widget
            if fragment:
                self.fragment[widget] = fragment
