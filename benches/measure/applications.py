"""People who apply, through the front door: how many a second, and what their list then costs."""

import time
from concurrent.futures import ThreadPoolExecutor

from . import people, process

# A question to the hotline: one page, no papers, an agency that is asked at any hour.
SERVICE = "/services/YZ27005"
ANSWER = {"what": "公共自行车的押金怎么退？", "go": "next"}
# A person with so many open cases looks at their list.
OPEN = 20


def apply(person, token):
    """Begins, fills in and hands in: three requests, as a person sends them."""
    _, page, _ = person.ask("POST", f"{SERVICE}/start", {"csrf": token})
    status, review, _ = person.ask("POST", page, {"csrf": token, **ANSWER})
    if status != 303 or not review.endswith("/review"):
        raise RuntimeError(f"{page} answered {status} {review}")
    status, case, _ = person.ask("POST", review.replace("/review", "/submit"), {"csrf": token})
    if status != 303 or not case.startswith("/me/cases/"):
        raise RuntimeError(f"{review} answered {status} {case}")


def token(person):
    """The token of a browser's forms."""
    _, _, text = person.ask("GET", "/display")
    return people.Hidden(text).fields["csrf"]


def measure(pid, everyone, each):
    """Has everybody apply so many times, many at once: how many a second, and their processor time in µs."""
    with ThreadPoolExecutor(people.AT_ONCE) as pool:
        tokens = list(pool.map(token, everyone))
        began, before = time.monotonic(), process.cpu_seconds(pid)
        for _ in range(each):
            list(pool.map(apply, everyone, tokens))
        taken = time.monotonic() - began
    done = len(everyone) * each
    return done / taken, (process.cpu_seconds(pid) - before) / done * 1e6


def open_cases(person):
    """Somebody with many open cases."""
    own = token(person)
    for _ in range(OPEN):
        apply(person, own)
