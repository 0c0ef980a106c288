"""What starting the installed kernel and running small things in it cost; medians, for a quiet machine. No test.

    python measure_start.py [--runs 10] [--kernel NAME]...

Wall times count from the start of the kernel's process, CPU times are the process's own. Other kernels named with
``--kernel`` are measured in turn with ours, so that all see the same machine.
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


def measure(kernel):
    """One start of a kernel and its figures; milliseconds and MB."""
    manager = KernelManager(kernel_name=kernel)
    begin = time.perf_counter()
    manager.start_kernel(stdout=DEVNULL, stderr=DEVNULL)
    client = manager.blocking_client()
    client.start_channels()
    try:
        process = psutil.Process(manager.provisioner.pid)

        def since_start():
            times = process.cpu_times()
            return (time.perf_counter() - begin) * 1000, (times.user + times.system) * 1000

        # The request waits in the socket until the kernel has bound; wait_for_ready would add pauses of its own.
        client.kernel_info(reply=True, timeout=TIMEOUT)
        figures = dict(zip(("kernel_info, wall ms", "kernel_info, CPU ms"), since_start()))
        cell(client, "1 + 1")
        figures.update(zip(("first cell, wall ms", "first cell, CPU ms"), since_start()))
        figures["trivial cell p50, ms"] = statistics.median(timed(cell, client, f"{n} + 1") for n in range(TRIVIAL))
        figures["completion p50, ms"] = statistics.median(
            timed(client.complete, "Math.floorD", reply=True, timeout=TIMEOUT) for _ in range(TRIVIAL)
        )
        memory = [process.memory_info().rss] + [child.memory_info().rss for child in process.children(recursive=True)]
        figures["resident, MB"] = sum(memory) / 1e6
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
        print(f"{name:22}", *(f"{statistics.median(run[name] for run in runs[kernel]):10.1f}" for kernel in kernels))
    print(f"{'':22}", *(f"{kernel:>10}" for kernel in kernels))


if __name__ == "__main__":
    main()
