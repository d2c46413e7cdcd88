"""The way to agencies: what the gateway adds to a call, and what one hanging agency costs the others."""

import json
import subprocess
from pathlib import Path

from . import servers, table

MARGIN_MS = 50
# Of the agencies that are well, when one hangs.
MORE = 1.10


def measure(folder, data, rounds):
    """Asks each question directly and through the gateway, in turn, and pages with and without a hanging agency."""
    Path(data).mkdir()
    command = [folder / "yimen-bench-gateway", folder / "yimen", data, rounds]
    done = subprocess.run(
        [str(word) for word in command], env=servers.plain_environment(), capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"the way to agencies cannot be measured: {done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def show(found, verdict):
    rows = []
    for kind in found["overhead"]:
        more = {name: kind[f"gateway_{name}_ms"] - kind[f"direct_{name}_ms"] for name in ("p50", "p99")}
        fine = more["p50"] <= 1 and more["p99"] <= 5
        cells = [f"{kind[f'{way}_{name}_ms']:.2f}" for way in ("direct", "gateway") for name in ("p50", "p99")]
        added = [f"{more['p50']:+.2f}", f"{more['p99']:+.2f}"]
        rows.append([kind["kind"], str(kind["asked"]), *cells, *added, f"≤ 1 ms, ≤ 5 ms: {verdict(fine)}"])
    print("the gateway beside a direct call to the same backend, in turn, ms")
    heads = ["question", "asked", "direct p50", "p99", "gateway p50", "p99", "added p50", "p99", "budget"]
    table.show(heads, rows)
    print()
    fan_out = found["fan_out"]
    deadline, slowest = fan_out["deadline_ms"], fan_out["hung_page_slowest_ms"]
    ratio = fan_out["others_hung_p99_ms"] / fan_out["others_p99_ms"]
    budget = f"≤ {deadline:.0f} + {MARGIN_MS} ms: {verdict(slowest <= deadline + MARGIN_MS)}"
    rows = [
        ["page, all well", f"{fan_out['page_p50_ms']:.1f}", f"{fan_out['page_p99_ms']:.1f}", "", ""],
        ["page, one hangs", f"{fan_out['hung_page_p50_ms']:.1f}", f"{fan_out['hung_page_p99_ms']:.1f}", f"{slowest:.1f}", budget],
        ["each other agency, all well", f"{fan_out['others_p50_ms']:.2f}", f"{fan_out['others_p99_ms']:.2f}", "", ""],
        [
            "each other agency, one hangs",
            f"{fan_out['others_hung_p50_ms']:.2f}",
            f"{fan_out['others_hung_p99_ms']:.2f}",
            "",
            f"p99 ÷ ≤ {MORE}: {ratio:.2f}, {verdict(ratio <= MORE)}",
        ],
    ]
    print(f"{fan_out['agencies']} agencies at once, {fan_out['pages']} pages of each kind, in turn, ms")
    table.show(["what", "p50", "p99", "slowest", "budget"], rows)
    print(flush=True)
