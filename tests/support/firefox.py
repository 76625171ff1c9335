"""Firefox, driven over WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/), as far as a page on the disk needs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
PATIENCE = 60  # seconds, on a busy machine
LISTENING = "WebDriver BiDi listening on "


class Firefox:
    """One window. What it asked for and complained about is in `requests` and `errors`."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.number = 0
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.context = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method: str, **parameters: Any) -> Any:
        """The result of a command. Raises RuntimeError where Firefox says no."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(PATIENCE))
            if message.get("id") == self.number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]
            if message.get("method") == "network.beforeRequestSent":
                self.requests.append(message["params"]["request"]["url"])
            elif message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.errors.append(message["params"]["text"])

    def open(self, url: str) -> None:
        """Go there, and wait until all of it is loaded."""
        self.call("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def run(self, code: str) -> Any:
        """The value, a plain one, of an expression of js; a promise is waited for. Raises RuntimeError with what it throws."""
        found = self.call("script.evaluate", expression=code, target={"context": self.context}, awaitPromise=True)
        if found["type"] == "exception":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return found["result"].get("value")

    def hand(self, places: Sequence[tuple[float, float]], down: bool = False) -> None:
        """Lead a mouse through places of the window, in whole px, pressed on the way if it is `down`."""
        first, *others = [{"type": "pointerMove", "x": round(x), "y": round(y)} for x, y in places]
        acts = [first, {"type": "pointerDown", "button": 0}, *others, {"type": "pointerUp", "button": 0}] if down else [first, *others]
        self.call("input.performActions", context=self.context, actions=[{"type": "pointer", "id": "mouse", "actions": acts}])


@contextmanager
def firefox() -> Iterator[Firefox]:
    """A fresh Firefox without a screen."""
    assert FIREFOX is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [FIREFOX, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                address = next(line.split(LISTENING)[1].strip() for line in process.stderr if LISTENING in line)
                with connect(f"{address}/session", max_size=None) as socket:
                    yield Firefox(socket)
            finally:
                process.terminate()
