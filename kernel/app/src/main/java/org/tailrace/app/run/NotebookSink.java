package org.tailrace.app.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputSink;

/**
 * Collects the outputs of a notebook that runs without a front end, by cell id, as a front end would keep them: text of
 * one stream in a row is one output, and a display that is updated changes where it stands.
 */
final class NotebookSink implements OutputSink {

    /** What one cell may print before its text is cut, in characters. */
    static final int STREAM_LIMIT = 4 << 20;

    private static final class Cell {
        final List<Output> outputs = new ArrayList<>();
        boolean clearBeforeNext;
        int printed;
        long dropped;
    }

    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Map<String, List<Output.Display>> displays = new HashMap<>();
    private Output.@Nullable Failure lastFailure;

    @Override
    public synchronized void stream(CellContext parent, String name, String text) {
        if (text.isEmpty()) {
            return;
        }
        Cell cell = writable(parent);
        int room = STREAM_LIMIT - cell.printed;
        if (text.length() > room) {
            cell.dropped += text.substring(room).lines().count();
            text = text.substring(0, room);
        }
        cell.printed += text.length();
        Output last = cell.outputs.isEmpty() ? null : cell.outputs.get(cell.outputs.size() - 1);
        if (last instanceof Output.Stream stream && stream.name().equals(name)) {
            stream.text().append(text);
        } else if (!text.isEmpty()) {
            cell.outputs.add(new Output.Stream(name, new StringBuilder(text)));
        }
    }

    @Override
    public synchronized void display(CellContext parent, Map<String, String> bundle, String displayId) {
        if (bundle.isEmpty()) {
            return;
        }
        var display = new Output.Display(0, bundle);
        writable(parent).outputs.add(display);
        if (!displayId.isEmpty()) {
            List<Output.Display> shown = displays.computeIfAbsent(displayId, id -> new ArrayList<>());
            shown.forEach(d -> d.replace(bundle));
            shown.add(display);
        }
    }

    @Override
    public synchronized void updateDisplay(CellContext parent, Map<String, String> bundle, String displayId) {
        displays.getOrDefault(displayId, List.of()).forEach(d -> d.replace(bundle));
    }

    @Override
    public synchronized void result(CellContext parent, int executionCount, Map<String, String> bundle) {
        if (!bundle.isEmpty()) {
            writable(parent).outputs.add(new Output.Display(executionCount, bundle));
        }
    }

    @Override
    public synchronized void error(CellContext parent, String name, String value, List<String> traceback) {
        lastFailure = new Output.Failure(name, value, List.copyOf(traceback));
        writable(parent).outputs.add(lastFailure);
    }

    @Override
    public synchronized void clear(CellContext parent, boolean wait) {
        Cell cell = cells.computeIfAbsent(parent.cellId(), id -> new Cell());
        if (wait) {
            cell.clearBeforeNext = true;
        } else {
            cell.outputs.clear();
        }
    }

    /** What the cell has put out so far, as nbformat has it. */
    synchronized ArrayNode outputs(String cellId) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        Cell cell = cells.get(cellId);
        if (cell != null) {
            cell.outputs.forEach(o -> json.add(o.toJson()));
            if (cell.dropped > 0) {
                String note = "\n… " + cell.dropped + " lines dropped\n";
                json.add(new Output.Stream("stderr", new StringBuilder(note)).toJson());
            }
        }
        return json;
    }

    /** The failure reported last, and forgets it. */
    synchronized Output.@Nullable Failure takeFailure() {
        Output.Failure failure = lastFailure;
        lastFailure = null;
        return failure;
    }

    private Cell writable(CellContext parent) {
        Cell cell = cells.computeIfAbsent(parent.cellId(), id -> new Cell());
        if (cell.clearBeforeNext) {
            cell.clearBeforeNext = false;
            cell.outputs.clear();
        }
        return cell;
    }
}
