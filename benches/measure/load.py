"""Puts load on a server and says what it did and what it cost."""

import re
import shutil
import subprocess
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median

from . import process

REPORT = Path(__file__).resolve().parents[1] / "report.lua"


@dataclass
class Load:
    """One stretch of requests, one after the other on each connection."""

    per_second: float
    p50_ms: float
    p99_ms: float
    bytes_each: float
    cpu_micros: float
    memory: int


def install():
    """Installs wrk the ordinary way when it is missing."""
    if shutil.which("wrk"):
        return
    root = [] if subprocess.check_output(["id", "-u"]).strip() == b"0" else ["sudo"]
    subprocess.run([*root, "apt-get", "update", "-q"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*root, "apt-get", "install", "-y", "-q", "wrk"], check=True, stdout=subprocess.DEVNULL)


def measure(pid, port, paths, connections, seconds, status=200, cookie=None):
    """Asks for `paths` in turn. Answers of another kind than `status` mean that something else was measured."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", REPORT]
    command += ["-H", "Accept-Encoding: br, gzip", "-H", f"Host: localhost:{port}"]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    command += [f"http://127.0.0.1:{port}/", "--", *paths]
    before = process.cpu_seconds(pid)
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    cpu = process.cpu_seconds(pid) - before
    report = re.search(r"RESULT (.*)", said)
    if report is None:
        raise RuntimeError(f"wrk said: {said}")
    counts = {name: int(value) for name, value in re.findall(r"(\w+)=(-?\d+)", report[1])}
    requests = counts["requests"]
    wrong = counts["refused"] if status < 400 else requests - counts["refused"]
    if requests == 0 or wrong or counts["broken"]:
        raise RuntimeError(f"{paths[0]}: {requests} requests, {wrong} with a wrong status, {counts['broken']} broken")
    return Load(
        per_second=requests / (counts["micros"] / 1e6),
        p50_ms=counts["p50"] / 1000,
        p99_ms=counts["p99"] / 1000,
        bytes_each=counts["bytes"] / requests,
        cpu_micros=cpu / requests * 1e6,
        memory=process.memory_bytes(pid),
    )


def middle(loads):
    """The median of each number."""
    return Load(*(median(getattr(each, field.name) for each in loads) for field in fields(Load)))
