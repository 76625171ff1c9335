"""The dashboard as a server of this machine, for measurements and tests in a browser."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 60  # on a machine that may be busy


@dataclass(frozen=True)
class Server:
    """A dashboard that runs."""

    url: str
    pid: int

    def has_torch(self) -> bool | None:
        """Whether it has loaded torch; None where the system does not tell (not Linux)."""
        maps = Path(f"/proc/{self.pid}/maps")
        return "libtorch" in maps.read_text(encoding="utf-8") if maps.exists() else None


@contextmanager
def fresh_server(app: Path = ROOT / "app.py") -> Iterator[Server]:
    """A dashboard, or another app, that nobody has visited yet. Raises RuntimeError where it does not start."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", app.name, "--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    with subprocess.Popen(command, cwd=app.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_until_up(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield Server(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_until_up(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the dashboard did not start: try `streamlit run app.py`")
