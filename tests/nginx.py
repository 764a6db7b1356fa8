"""A real nginx with the configuration of `deploy/nginx`, before servers of the tests, ended with them by its own id."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.chroma import free_port

DEPLOY = Path(__file__).parents[1] / "deploy"
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
ABSENT = "nginx is not installed"
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def laid_out(folder: Path, upstreams: str, port: int = 80) -> list[str | Path]:
    """Put the configuration into a folder in which it writes, too; the command that runs nginx with it."""
    assert PROGRAM
    for name in ("nginx.conf", "proxy.conf"):
        shutil.copy(DEPLOY / "nginx" / name, folder)
    (folder / "upstreams.conf").write_text(upstreams, "utf-8")
    own = folder / "nginx.conf"
    places = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in KINDS)
    told = own.read_text("utf-8").replace("http {", f"http {{ {places}", 1)
    own.write_text(told.replace("listen 80;", f"listen 127.0.0.1:{port};"), "utf-8")
    out = f"pid {folder}/pid; error_log {folder}/log; daemon off;"
    return [PROGRAM, "-p", folder, "-c", own, "-e", folder / "log", "-g", out]


@contextmanager
def nginx(folder: Path, ports: Sequence[int]) -> Iterator[str]:
    """It runs before servers at these ports of this machine, the first with the rooms; its address."""
    told = (DEPLOY / "nginx" / "upstreams.conf").read_text("utf-8")
    every = "".join(f"    server 127.0.0.1:{port} max_fails=0;\n" for port in ports)
    told = re.sub(r"(upstream jiwon \{\n)(?:    server .*\n)+", rf"\g<1>{every}", told)
    told = re.sub(r"(upstream jiwon_rooms \{\n)(?:    server .*\n)+", rf"\g<1>    server 127.0.0.1:{ports[0]};\n", told)
    port = free_port()
    process = subprocess.Popen(laid_out(folder, told, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < deadline, (folder / "log").read_text("utf-8")
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
