"""The quickstart, and a query that never ends by itself, through nbclient; set TAILRACE_OUT to keep the quickstart."""

import os
import unittest
from pathlib import Path

import check_views
import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

KERNEL = os.environ.get("TAILRACE_KERNEL_NAME", "tailrace")
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def execute(notebook):
    """Executes a notebook in the folder of the demos; an error of a cell is raised."""
    NotebookClient(
        notebook, timeout=300, kernel_name=KERNEL, resources={"metadata": {"path": str(NOTEBOOKS)}}
    ).execute()
    nbformat.validate(notebook)
    return notebook


class NbclientTest(unittest.TestCase):
    def test_the_quickstart_leaves_every_view_finished(self):
        notebook = execute(nbformat.read(NOTEBOOKS / "quickstart.ipynb", as_version=4))
        out = os.environ.get("TAILRACE_OUT")
        if out:
            nbformat.write(notebook, Path(out) / "nbclient.ipynb")
        self.assertEqual(check_views.complaints(notebook, ["veryLate", "q1", "q1", "q2", "q3"]), [])
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.assertEqual([cell.execution_count for cell in code], list(range(1, len(code) + 1)))
        self.assertTrue(all(cell.outputs for cell in code))

    def test_a_query_without_an_end_reads_stopped_where_it_was_started(self):
        cells = (
            "var ticks = streams.rate(50).live();",
            "while (ticks.status().batchId() < 3) {\n    Thread.sleep(20);\n}",
            "%stop --all",
        )
        notebook = execute(new_notebook(cells=[new_code_cell(source) for source in cells]))
        self.assertEqual(check_views.complaints(notebook, ["ticks"]), [])
        (view,) = check_views.views(notebook)
        self.assertEqual((view.cell, view.word), (0, "stopped"))
        self.assertGreaterEqual(view.batch, 3)


if __name__ == "__main__":
    unittest.main()
