"""Runs one command and prints what it took, as JSON: seconds of wall and CPU time, peak memory.

    python bench/launch.py COMMAND …

It is a process of its own, and a small one, because on Linux a child's peak memory begins with
that of the process which started it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time


def main(command: list[str]) -> None:
    """Run `command` and read its stdout to the end."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as child:
        assert child.stdout is not None
        child.stdout.read(1)
        first = time.perf_counter() - start
        while child.stdout.read(1 << 16):
            pass
    end = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    facts = {
        "first": first,
        "end": end,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss * 1024,  # Linux counts in KiB
        "code": child.returncode,
    }
    print(json.dumps(facts))


if __name__ == "__main__":
    main(sys.argv[1:])
