"""check_views.py must find each kind of damage."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import check_views
import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output


def frame(state, batch, name="q1", title="Result after", digest=None, html=None):
    text = (
        f"{name} {state} · update · every 30 min of the replay · from replay(a.csv) · not durable\n"
        f"batch #{batch} · rows 5 · watermark 12:00:00\n{title} batch #{batch} · 2 rows\nk  n\n"
    )
    data = {"text/plain": text, "text/html": html or f"<div><b>{name}</b> <font>{state}</font> &nbsp;· x</div>"}
    if digest is not None:
        data[check_views.DIGEST] = {"batchId": digest, "rows": 2}
    return new_output("display_data", data)


def notebook(*cells):
    return new_notebook(cells=[new_code_cell("q", outputs=list(outputs)) for outputs in cells])


LISTING = (
    "query  state     mode    batch  rows in\n─────  ────────  ──────  ─────  ───────\n"
    "q1     finished  update      7        5\nqueries · 1 row\n"
)


class CheckViewsTest(unittest.TestCase):
    def wrong(self, *cells, expected=None):
        return " | ".join(check_views.complaints(notebook(*cells), expected))

    def test_views_at_their_end_pass(self):
        cells = (
            [frame("finished at batch #7", 7, digest=7)],
            [frame("finished at batch #7", 7, title="watermark, now 12:00:00, after")],
            [frame("stopped at batch #3, 12:04:31", 3, name="clicks per page")],
            [new_output("stream", text="q1 running\n"), new_output("execute_result", {"text/plain": "3"})],
            [new_output("execute_result", {"text/plain": LISTING})],
        )
        self.assertEqual(self.wrong(*cells, expected=["q1", "q1", "clicks per page"]), "")

    def test_a_view_that_still_runs_is_found(self):
        for state in ("starting", "running", "falling behind", "paused at batch #7: by ■", "retrying: 2 of 3"):
            with self.subTest(state=state):
                self.assertIn("reads", self.wrong([frame(state, 7)]))
        self.assertIn("reads 'failed", self.wrong([frame("failed in batch #8", 7)]))
        self.assertIn("reads 'replaced", self.wrong([frame("replaced at batch #7 by cell [3]", 7)]))

    def test_an_end_without_a_batch_is_found(self):
        self.assertIn("names no batch", self.wrong([frame("stopped", 7)]))

    def test_an_earlier_frame_is_found(self):
        end = frame("finished at batch #7", 7)
        self.assertIn("reads 'running'", self.wrong([frame("running", 2), end]))
        self.assertIn("an earlier frame", self.wrong([end, end]))
        self.assertIn("another at #7", self.wrong([frame("finished at batch #6", 6)], [end]))

    def test_a_view_too_few_or_too_many_is_found(self):
        end = frame("finished at batch #7", 7)
        self.assertIn("should be", self.wrong([end], expected=["q1", "q2"]))
        self.assertIn("should be", self.wrong([end], [end], expected=["q1"]))

    def test_forms_that_disagree_are_found(self):
        self.assertIn("shows batch #6", self.wrong([frame("finished at batch #7", 6)]))
        self.assertIn("digest is of batch #6", self.wrong([frame("finished at batch #7", 7, digest=6)]))
        self.assertIn("its HTML", self.wrong([frame("finished at batch #7", 7, html="<b>q1</b> running")]))
        listing = [new_output("execute_result", {"text/plain": LISTING})]
        self.assertIn("the list of queries", self.wrong([frame("finished at batch #6", 6)], listing))

    def test_a_digest_without_a_card_and_an_error_are_found(self):
        lone = new_output("display_data", {"text/plain": "?", check_views.DIGEST: {"batchId": 7}})
        self.assertIn("no card heads", self.wrong([lone]))
        error = new_output("error", ename="CompileError", evalue="no", traceback=[])
        self.assertIn("CompileError: no", self.wrong([error]))

    def test_the_command_tells_by_its_exit(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "n.ipynb")
            for state, code in (("finished at batch #7", 0), ("running", 1)):
                nbformat.write(notebook([frame(state, 7)]), path)
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                    self.assertEqual(check_views.main([str(path), "--views", "q1"]), code)


if __name__ == "__main__":
    unittest.main()
