"""What the system says about a running process."""

import os

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """Processor time of all threads so far, in user and kernel mode."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        # The name in parentheses may hold anything; the fields are counted after it.
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_bytes(pid):
    """Memory in use that is not swapped out."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0
