"""How soon a cell ends after an interrupt, with a streaming query running that must lose and double nothing. No test.

Each form is interrupted while it runs, and once more as soon as the kernel says that it has the cell: before it is
compiled. Then come two calls that ignore interrupts, which the kernel leaves behind.

    python measure_interrupts.py [--times 50] [--kernel NAME]

For another JDK install the kernel with it under another name: /path/to/java -jar tailrace.jar install --name NAME
"""

import argparse
import sys
import time
from subprocess import DEVNULL

from jupyter_client.manager import KernelManager

TIMEOUT = 120
FORMS = {
    "while (true)": "while (true) {}",
    "Thread.sleep": "Thread.sleep(1_000_000);",
    "catches Throwable": "for (;;) { try { while (true) {} } catch (Throwable t) {} }",
    "in a class": "new Spin().go();",
}
STUBBORN = {
    "regex": 'Pattern.compile(".*.*.*.*.*.*.*.*y").matcher("x".repeat(2000)).matches();',
    "socket read": """var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        new Socket(server.getInetAddress(), server.getLocalPort()).getInputStream().read();""",
}
LEDGER = """record Tick(long value) {}
class Spin { void go() { for (long i = 0; ; i++) {} } }
var ledger = streams.rate(1000).select("value").to(memory("ledger")).append().start("ledger");"""
CHECK = """ledger.stop();
long[] values = ledger.rows(Tick.class).stream().mapToLong(Tick::value).sorted().toArray();
long last = values[values.length - 1];
if (!Arrays.equals(values, LongStream.rangeClosed(last - values.length + 1, last).toArray())
        || ledger.totals().outputRows() != last + 1)
    throw new IllegalStateException("rows were lost or doubled");"""


def execute(client, source):
    reply = client.execute(source, reply=True, timeout=TIMEOUT)
    if reply["content"]["status"] != "ok":
        raise RuntimeError(f"{source}: {reply['content']}")


def interrupted(client, manager, source, early=False):
    """Milliseconds from the interrupt to the reply of the cell, which says on its standard output that it is under way."""
    # one statement, so that all of it is compiled when it says so
    request = client.execute(f'if (true) {{ System.out.println("begun"); {source} }}')
    awaited = "execute_input" if early else "stream"
    while True:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == awaited:
            break
        if message["content"].get("execution_state") == "idle":
            raise RuntimeError(f"{source}: has ended by itself: {reply_to(client, request)}")
    begin = time.perf_counter()
    manager.interrupt_kernel()
    reply = reply_to(client, request)
    took = (time.perf_counter() - begin) * 1000
    if reply.get("ename") != "Interrupted":
        raise RuntimeError(f"{source}: {reply}")
    return took


def reply_to(client, request):
    while True:
        reply = client.get_shell_msg(timeout=TIMEOUT)
        if reply["parent_header"].get("msg_id") == request:
            return reply["content"]


def main():
    parser = argparse.ArgumentParser(description="measures interrupts")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--kernel", default="tailrace")
    options = parser.parse_args()
    manager = KernelManager(kernel_name=options.kernel)
    manager.start_kernel(stdout=DEVNULL, stderr=DEVNULL)
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=TIMEOUT)
        execute(client, LEDGER)
        everything = []
        for name, source in FORMS.items():
            took = sorted(interrupted(client, manager, source) for _ in range(options.times))
            everything += took
            show(name, took)
            took = sorted(interrupted(client, manager, source, early=True) for _ in range(options.times))
            everything += took
            show("  not yet compiled", took)
        show("all", sorted(everything))
        execute(client, CHECK)
        print("the query's ledger: no row lost, none doubled")
        for name, source in STUBBORN.items():
            show(name, [interrupted(client, manager, source)])
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def show(name, took):
    p99 = took[min(len(took) - 1, int(len(took) * 0.99))]
    print(f"{name:18} p50 {took[len(took) // 2]:7.1f} ms   p99 {p99:7.1f} ms   max {took[-1]:7.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
