"""A small server for looking at a built site on this machine."""

from __future__ import annotations

import functools
import http.server
import socketserver
from pathlib import Path

from est_build.cli.console import say


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """No line per request: it would drown the address."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own 404 page, as a web host would show it."""
        page = Path(self.directory) / "404.html"
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve_folder(folder: Path, port: int) -> None:
    """Serve until interrupted."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with socketserver.ThreadingTCPServer(("127.0.0.1", port), handler) as server:
        say(f"Öppna http://127.0.0.1:{server.server_address[1]}/ i webbläsaren. Ctrl+C avslutar.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("")
