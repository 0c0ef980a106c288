"""What an executed notebook must leave of its live views.

    python check_views.py NOTEBOOK.ipynb... [--views veryLate,q1,q1]

Every view reads "finished" or "stopped" with its last batch, in all its forms, and none of its earlier frames is left.
``--views`` names the views a notebook must have, in order, so that a view that is missing or doubled is found too.
"""

import argparse
import html
import re
import sys
from typing import NamedTuple

import nbformat

DIGEST = "application/vnd.tailrace.result+json"
CARD = re.compile(
    r"(?P<name>.+?) (?P<state>(?P<word>starting|running|falling behind|paused|retrying|stopped|finished|failed|replaced)"
    r"(?:(?: at| in) batch #(?P<batch>\d+))?[^·]*?) · (?:append|update|complete) · .+ · from "
)
TITLE = re.compile(r"(Result|watermark|input|state|state rows|last good result)\b")
AS_OF = re.compile(r"^(?:batch|.*\bas of batch|.*\b[Rr]esult(?: after|,) batch) #(\d+)", re.MULTILINE)
LISTING = re.compile(r"query +state +mode +batch\b")


class View(NamedTuple):
    cell: int
    name: str
    word: str
    state: str
    batch: int
    kind: str
    text: str
    html: str
    digest: dict


def views(notebook):
    """The views among a notebook's outputs, in order; an output that has a digest but no card is a ValueError."""
    found = []
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            text = data.get("text/plain", "")
            card = CARD.match(text)
            if card:
                below = text.splitlines()[1:]
                kind = next((match[1] for line in below if (match := TITLE.match(line))), "")
                batch = -1 if card["batch"] is None else int(card["batch"])
                found.append(
                    View(
                        number,
                        card["name"],
                        card["word"],
                        card["state"].strip(),
                        batch,
                        kind,
                        text,
                        data.get("text/html", ""),
                        data.get(DIGEST, {}),
                    )
                )
            elif DIGEST in data:
                raise ValueError(f"cell {number}: a result that no card heads: {text[:80]!r}")
    return found


def listed(notebook):
    """State and batch of each query by the last list of queries in the notebook."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/plain", "")
            if LISTING.match(text):
                rows = [re.split(r" {2,}", line) for line in text.splitlines()[2:]]
                found = {row[0]: (row[1], int(row[3])) for row in rows if len(row) > 3 and row[3].isdigit()}
    return found


def complaints(notebook, expected=None):
    """What is wrong with the views of a notebook, in sentences; none if all is well."""
    found = []
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                found.append(f"cell {number}: {output.ename}: {output.evalue}")
    try:
        all_views = views(notebook)
    except ValueError as wrong:
        return found + [str(wrong)]
    names = [view.name for view in all_views]
    if expected is not None and names != expected:
        found.append(f"views {names} where {expected} should be")
    queries = listed(notebook)
    last = {name: max(view.batch for view in all_views if view.name == name) for name in names}
    seen = {}
    for view in all_views:
        place = f"cell {view.cell}: view of {view.name}"
        if view.word not in ("finished", "stopped"):
            found.append(f"{place} reads {view.state!r}")
            continue
        if view.batch < 0:
            found.append(f"{place} names no batch: {view.state!r}")
            continue
        if view.batch != last[view.name]:
            found.append(f"{place} ends at batch #{view.batch}, another at #{last[view.name]}")
        if queries.get(view.name, (view.word, view.batch)) != (view.word, view.batch):
            found.append(f"{place} reads {view.state!r}, the list of queries {queries[view.name]}")
        for batch in AS_OF.findall(view.text):
            if int(batch) != view.batch:
                found.append(f"{place} reads {view.state!r} and shows batch #{batch}")
        if view.digest and view.digest.get("batchId") != view.batch:
            found.append(f"{place} reads {view.state!r}, its digest is of batch #{view.digest.get('batchId')}")
        words = html.unescape(re.sub(r"<[^>]*>", "", view.html))
        if view.state not in words:
            found.append(f"{place}: its HTML does not read {view.state!r}")
        same = (view.cell, view.name, view.kind)
        if same in seen:
            found.append(f"{place}: an earlier frame of it is left in the cell")
        seen[same] = view
    return found


def main(arguments=None):
    parser = argparse.ArgumentParser(description="checks the views of executed notebooks")
    parser.add_argument("notebooks", nargs="+")
    parser.add_argument("--views", help="the names of the views there must be, in order, with commas between")
    options = parser.parse_args(arguments)
    expected = options.views.split(",") if options.views else None
    bad = 0
    for path in options.notebooks:
        notebook = nbformat.read(path, as_version=4)
        wrong = complaints(notebook, expected)
        for complaint in wrong:
            print(f"{path}: {complaint}", file=sys.stderr)
        bad += len(wrong)
        if not wrong:
            print(f"{path}: {len(views(notebook))} views, all at their end")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
