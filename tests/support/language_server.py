"""The real yaml-language-server, spoken to as an editor does: LSP over standard input."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

__all__ = ["Editor", "editor", "need_language_server"]

WITHIN = 60
"""Seconds that an answer may take."""


def need_language_server(folder: Path) -> list[str]:
    """How to start the server, which npm installs into ``folder``. Where it cannot, the test
    is skipped, and fails in the CI."""
    node, npm = shutil.which("node"), shutil.which("npm")
    why = "node and npm are not here"
    if node and npm:
        words = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder)]
        done = subprocess.run(
            [*words, "yaml-language-server@>=1.15 <3"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "npm_config_fetch_retries": "1"},
        )
        server = folder / "node_modules" / ".bin" / "yaml-language-server"
        if done.returncode == 0 and server.exists():
            return [str(server), "--stdio"]
        why = "npm cannot install yaml-language-server"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


class Editor:
    """What an editor asks of the server. Lines and columns count from 0, as in LSP."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, settings: Any) -> None:
        self.process = process
        self.folder = folder
        self.settings = settings
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._found: queue.Queue[Any] = queue.Queue()
        self._asked = 0
        threading.Thread(target=self._listen, daemon=True).start()
        self._ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": settings}})

    def opens(self, name: str, text: str) -> list[dict[str, Any]]:
        """The diagnostics of a file with that text."""
        address = (self.folder / name).as_uri()
        document = {"uri": address, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while True:
            told = self._found.get(timeout=WITHIN)
            if told["uri"] == address:
                found: list[dict[str, Any]] = told["diagnostics"]
                return found

    def completes(self, name: str, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What may stand there, by its label."""
        found = self._at("completion", name, line, column)
        return {item["label"]: item for item in (found or {}).get("items", [])}

    def hovers(self, name: str, line: int, column: int) -> str:
        """What is told of what stands there."""
        found = self._at("hover", name, line, column)
        return str(found["contents"]["value"]) if found else ""

    def _at(self, what: str, name: str, line: int, column: int) -> Any:
        where = {
            "textDocument": {"uri": (self.folder / name).as_uri()},
            "position": {"line": line, "character": column},
        }
        return self._ask(f"textDocument/{what}", where)

    def _ask(self, method: str, params: Any) -> Any:
        self._asked += 1
        answers = self._answers[self._asked] = queue.Queue()
        self._send({"id": self._asked, "method": method, "params": params})
        return answers.get(timeout=WITHIN)

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(length))
            if "method" not in message:
                self._answers[message["id"]].put(message.get("result"))
            elif message["method"] == "textDocument/publishDiagnostics":
                self._found.put(message["params"])
            elif "id" in message:  # it asks for its settings, one section each
                sections = message["params"].get("items", []) if message.get("params") else []
                told = [self.settings.get(one.get("section")) for one in sections]
                self._send({"id": message["id"], "result": told})


@contextmanager
def editor(server: list[str], folder: Path, settings: Mapping[str, Any]) -> Iterator[Editor]:
    """An editor that works in a folder, with settings as users write them."""
    process = subprocess.Popen(
        server, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        yield Editor(process, folder, settings)
    finally:
        process.kill()
        process.wait()
