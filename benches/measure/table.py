"""Prints rows under each other."""

import unicodedata


def width(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def show(heads, rows):
    """The first column to the left, the last as it is, numbers between them to the right."""
    lines = [heads, *rows]
    widths = [max(width(line[at]) for line in lines) for at in range(len(heads))]
    for number, line in enumerate(lines):
        cells = []
        for at, cell in enumerate(line):
            room = " " * (widths[at] - width(cell))
            cells.append(cell + room if at in (0, len(heads) - 1) else room + cell)
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("─" * space for space in widths))
