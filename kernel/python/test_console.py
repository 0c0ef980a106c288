"""The quickstart's essential cells as a person types them into `jupyter console`, and Ctrl-C."""

import os
import re
import sys
import unittest
from pathlib import Path

import nbformat
import pexpect

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
        self.cells = 0
        self.prompt()

    def prompt(self):
        """What stands before the next cell's prompt."""
        self.cells += 1
        self.console.expect_exact(f"In [{self.cells}]: ")
        return CONTROL.sub("", self.console.before).replace("\r\n", "\n")

    def run_cell(self, source):
        """Types a cell, as one line if it can be, and says what the console shows of it."""
        self.type(source)
        return self.prompt()

    def type(self, source):
        line = " ".join(part.strip() for part in source.splitlines() if not part.strip().startswith("//"))
        self.console.sendline(line)

    def test_the_quickstart_shows_its_texts_and_ctrl_c_ends_a_loop(self):
        notebook = nbformat.read(NOTEBOOKS / "quickstart.ipynb", as_version=4)
        cells = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}

        shown = self.run_cell(cells["c03"])
        self.assertIn("unbounded table", shown)
        self.assertRegex(shown, r"delay +int\n")
        self.assertIn("nothing runs yet", shown)

        shown = self.run_cell(cells["c04"])
        self.assertRegex(shown, r"2001-02-24 12:13:00 +2001-02-25 03:53:00 +ORD +RST +268 +940\n")
        self.assertIn("8 of 18 rows", shown)

        shown = self.run_cell(cells["c08"])
        self.assertRegex(shown, r"q1 (starting|running|finished)\b.* from replay\(data/flights.csv\)")

        shown = self.run_cell("q1.await();")
        self.assertNotIn("Exception", shown)
        shown = self.run_cell("%live q1")
        self.assertIn("q1 finished at batch #102", shown)
        self.assertRegex(shown, r"22:00–23:00 +ORD +43 +136.50 +274\n")

        shown = self.run_cell(cells["c18"].replace("q2.await();", ""))
        self.assertRegex(shown, r"ORD +11 +156.10 +277\n")
        shown = self.run_cell("%queries")
        self.assertRegex(shown, r"q1 +finished +update +102 +2,685")

        self.type('System.out.println("it " + "spins"); while (true) { }')
        self.console.expect_exact("it spins")
        self.console.sendintr()
        self.assertRegex(self.prompt(), r"(?i)interrupted")
        self.assertIn("42", self.run_cell("6 * 7"))

        self.console.sendeof()
        self.console.expect_exact("Do you really want to exit")
        self.console.sendline("y")
        self.console.expect(pexpect.EOF)
        self.console.wait()
        self.assertEqual(self.console.exitstatus, 0)


if __name__ == "__main__":
    unittest.main()
