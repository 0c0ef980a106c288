"""Tailrace in a stock JJava kernel, which has tailrace.jar on its class path and finds the extension in it by itself."""

import os
import unittest
from pathlib import Path

import check_views
import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

KERNEL = os.environ.get("JJAVA_KERNEL_NAME", "java")
JAR = Path(__file__).resolve().parents[2] / "kernel" / "app" / "target" / "tailrace.jar"


class JJavaTest(unittest.TestCase):
    def test_a_query_draws_itself_and_the_magics_are_there(self):
        cells = (
            "import java.nio.file.*;\nimport java.util.stream.*;",
            'var orders = streams.memory("orders", "shop string, n int");\nvar q1 = orders.groupBy("shop").count().live();',
            'orders.addRow("ACME", 1);\nq1.processAllAvailable();\n%stop q1',
            "%queries",
            "%%sql --no-live --name big\nselect shop from orders where n > 10",
            "streams.table(\"orders\").schema()",
        )
        notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
        NotebookClient(notebook, timeout=300, kernel_name=KERNEL).execute(
            env=dict(os.environ, JJAVA_CLASSPATH=str(JAR))
        )
        nbformat.validate(notebook)
        self.assertEqual(check_views.complaints(notebook, ["q1"]), [])
        (view,) = check_views.views(notebook)
        self.assertEqual((view.cell, view.word, view.batch), (1, "stopped", 0))
        self.assertIn("ACME", notebook.cells[1].outputs[0].data["text/html"])
        (queries,) = notebook.cells[3].outputs
        self.assertIn("<table", queries.data["text/html"])
        (table,) = notebook.cells[4].outputs
        self.assertTrue(table.data["text/plain"].startswith("unbounded table"), table)


if __name__ == "__main__":
    unittest.main()
