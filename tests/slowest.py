"""Names the tests that took longest, and the modules: where a quicker run of the tests is to be had."""

import sys
from collections import Counter
from xml.etree import ElementTree

MOST = 12


def main(report):
    tests = Counter()
    modules = Counter()
    for case in ElementTree.parse(report).iter("testcase"):
        seconds = float(case.get("time", 0))
        name = case.get("name", "?")
        tests[name] += seconds
        modules[f"{case.get('classname')} {name.split('::')[0]}"] += seconds
    for title, all in (("slowest tests", tests), ("slowest modules", modules)):
        print(f"{title}: " + ", ".join(f"{name} {seconds:.0f} s" for name, seconds in all.most_common(MOST)))


if __name__ == "__main__":
    main(sys.argv[1])
