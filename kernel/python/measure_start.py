"""What starting the installed kernel and running small things in it cost; medians, for a quiet machine. No test.

    python measure_start.py [--runs 10] [--kernel NAME]...

Wall times count from the start of the kernel's process; CPU times and memory are those of the process and of those it has
started, since some kernels are launched by another program. The first twenty trivial cells come right after the start, as a
user's do; then two hundred more show what a kernel that has run for a while takes. Other kernels named with ``--kernel`` are
measured in turn with ours, so that all see the same machine.
"""

import argparse
import os
import statistics
import time
from subprocess import DEVNULL

import psutil
from jupyter_client.manager import KernelManager

TIMEOUT = 120
TRIVIAL = 20
LATER = 200


def measure(kernel):
    """One start of a kernel and its figures; milliseconds and MB."""
    manager = KernelManager(kernel_name=kernel)
    begin = time.perf_counter()
    manager.start_kernel(stdout=DEVNULL, stderr=DEVNULL)
    client = manager.blocking_client()
    client.start_channels()
    try:
        process = psutil.Process(manager.provisioner.pid)

        def processes():
            return [process] + process.children(recursive=True)

        def since_start():
            wall = (time.perf_counter() - begin) * 1000
            return wall, sum(sum(each.cpu_times()[:2]) for each in processes()) * 1000

        # The request waits in the socket until the kernel has bound; wait_for_ready would add pauses of its own.
        client.kernel_info(reply=True, timeout=TIMEOUT)
        figures = dict(zip(("kernel_info, wall ms", "kernel_info, CPU ms"), since_start()))
        cell(client, "1 + 1")
        figures.update(zip(("first cell, wall ms", "first cell, CPU ms"), since_start()))
        figures["trivial cell p50, ms"] = statistics.median(timed(cell, client, f"{n} + 1") for n in range(TRIVIAL))
        figures["completion p50, ms"] = statistics.median(
            timed(client.complete, "Math.floorD", reply=True, timeout=TIMEOUT) for _ in range(TRIVIAL)
        )
        figures["resident, MB"] = sum(each.memory_info().rss for each in processes()) / 1e6
        later = statistics.median(timed(cell, client, f"{n} + 1") for n in range(LATER))
        figures[f"the same, {LATER} later, ms"] = later
        return figures
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def cell(client, source):
    reply = client.execute(source, reply=True, timeout=TIMEOUT)
    if reply["content"]["status"] != "ok":
        raise RuntimeError(f"{source}: {reply['content']}")


def timed(call, *arguments, **options):
    begin = time.perf_counter()
    call(*arguments, **options)
    return (time.perf_counter() - begin) * 1000


def main():
    parser = argparse.ArgumentParser(description="measures the start of a kernel")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--kernel", action="append", help="kernel names; tailrace by default")
    options = parser.parse_args()
    kernels = options.kernel or ["tailrace"]
    runs = {kernel: [] for kernel in kernels}
    for _ in range(options.runs):
        for kernel in kernels:
            runs[kernel].append(measure(kernel))
    print(f"medians of {options.runs}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name in runs[kernels[0]][0]:
        print(f"{name:24}", *(f"{statistics.median(run[name] for run in runs[kernel]):10.1f}" for kernel in kernels))
    print(f"{'':24}", *(f"{kernel:>10}" for kernel in kernels))


if __name__ == "__main__":
    main()
