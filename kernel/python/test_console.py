"""The quickstart's essential cells as a person types them into `jupyter console`, Ctrl-C, and both ways to leave."""

import os
import re
import sys
import time
import unittest
from pathlib import Path

import nbformat
import pexpect
import psutil

KERNEL = os.environ.get("TAILRACE_KERNEL_NAME", "tailrace")
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
TIMEOUT = 120
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class ConsoleTest(unittest.TestCase):
    def setUp(self):
        self.console = pexpect.spawn(
            sys.executable,
            ["-m", "jupyter_console", "--kernel", KERNEL, "--simple-prompt"],
            cwd=NOTEBOOKS,
            env={**os.environ, "TERM": "dumb", "PYTHONUNBUFFERED": "1"},
            encoding="utf-8",
            timeout=TIMEOUT,
            dimensions=(50, 250),
            echo=False,
        )
        self.addCleanup(self.console.close, force=True)
        self.prompt()

    def prompt(self):
        """What stands before the next prompt."""
        self.console.expect(r"In \[\d+\]: ")
        return CONTROL.sub("", self.console.before).replace("\r\n", "\n")

    def cell(self, source, *patterns):
        """Types a cell, in one line as the simple prompt wants it, and waits until the console shows each pattern."""
        self.console.sendline(" ".join(line.strip() for line in source.splitlines()))
        self.shows(*patterns)

    def shows(self, *patterns):
        shown = self.prompt()
        # The console takes the late idle status of an earlier request for this cell's, and prompts before it has shown
        # what the cell put out; the rest comes with the next Enter.
        end = time.monotonic() + TIMEOUT
        while not all(re.search(pattern, shown) for pattern in patterns):
            if time.monotonic() > end:
                self.fail(f"{patterns} not all in {shown!r}")
            self.console.sendline(" ")
            shown += self.prompt()

    def test_the_quickstart_shows_its_texts_and_ctrl_c_ends_a_loop(self):
        notebook = nbformat.read(NOTEBOOKS / "quickstart.ipynb", as_version=4)
        cells = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}

        self.cell(cells["c03"], r"unbounded table", r"delay +int\n", r"nothing runs yet")
        self.cell(
            cells["c04"],
            r"2001-02-24 12:13:00 +2001-02-25 03:53:00 +ORD +RST +268 +940\n",
            r"8 of 18 rows",
        )
        self.cell(cells["c08"], r"q1 (starting|running|finished)\b.* from replay\(data/flights.csv\)")
        self.cell('q1.await();\nSystem.out.println("a" + "waited");', r"awaited")
        self.cell("%live q1", r"q1 finished at batch #102", r"22:00–23:00 +ORD +43 +136.50 +274\n")
        self.cell(cells["c18"].replace("q2.await();", ""), r"ORD +11 +156.10 +277\n")
        self.cell("%queries", r"q1 +finished +update +102 +2,685")

        self.console.sendline('System.out.println("it " + "spins"); while (true) { }')
        self.console.expect_exact("it spins")
        self.console.sendintr()
        self.shows(r"(?i)interrupted")
        self.cell("6 * 7", r"\b42\b")

        kernels = self.kernels()
        self.console.sendeof()
        self.console.expect_exact("Do you really want to exit")
        self.console.sendline("y")
        self.left(kernels)

    def test_exit_leaves_and_ends_a_kernel_whose_query_runs(self):
        self.cell('var q = streams.rate(10).live("endless");', r"endless")
        kernels = self.kernels()
        self.console.sendline("exit")
        self.left(kernels)

    def kernels(self):
        """The kernel's processes; there is one, at least."""
        found = psutil.Process(self.console.pid).children(recursive=True)
        self.assertTrue(any("java" in process.name() for process in found), found)
        return found

    def left(self, kernels):
        """The console has ended well, and so do the processes of its kernel, by themselves."""
        self.console.expect(pexpect.EOF)
        self.console.wait()
        self.assertEqual(self.console.exitstatus, 0)
        _, alive = psutil.wait_procs(kernels, timeout=10)
        self.assertEqual(alive, [])


if __name__ == "__main__":
    unittest.main()
