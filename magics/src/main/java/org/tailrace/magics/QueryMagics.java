package org.tailrace.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailrace.Pictures;
import org.tailrace.Query;
import org.tailrace.Shown;
import org.tailrace.Tailrace;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;
import org.tailrace.render.ViewSpec;
import org.tailrace.report.QueryStatus.State;

/** The magics that look at and control queries; each has a Java twin, so that a notebook also runs as plain Java. */
final class QueryMagics {
    private static final Map<String, ViewSpec> VIEWS = Map.of(
            "rates", new ViewSpec.Rates(),
            "watermark", new ViewSpec.Watermark(),
            "table", new ViewSpec.Table(50),
            "state", new ViewSpec.State());

    private final KernelHost host;
    private final Tailrace streams;

    private QueryMagics(KernelHost host, Tailrace streams) {
        this.host = host;
        this.streams = streams;
    }

    static List<Magic> all(KernelHost host, Tailrace streams, NotebookLiveHost live) {
        var magics = new QueryMagics(host, streams);
        var all = new ArrayList<Magic>();
        all.add(new SqlMagic(host, streams));
        all.add(magics.line(
                "queries",
                "%queries [--all]",
                "All queries: state, batch, watermark, late rows; also those that an earlier kernel of this notebook, or with --all of any, has left to be resumed.",
                c -> Optional.of(QueryTable.of(streams, c.arguments().contains("--all")))));
        all.add(magics.line("live", "%live q1 [rates|watermark|table|state]", "Draws a view of a query here.", c -> {
            magics.query(c).live(view(c));
            return Optional.empty();
        }));
        all.add(magics.line(
                "watermark", "%watermark q1", "Event time against arrival time: windows and late rows.", c -> {
                    magics.query(c).live(new ViewSpec.Watermark());
                    return Optional.empty();
                }));
        all.add(magics.line(
                "stop", "%stop q1 | --all", "Finishes the current batch and ends the query.", magics::stop));
        all.add(magics.line("pause", "%pause q1", "Lets the query rest after the current batch.", c -> {
            magics.query(c).pause("by %pause");
            return Optional.empty();
        }));
        all.add(magics.line("resume", "%resume [q1]", "Goes on after a pause.", magics::resume));
        all.add(magics.line(
                "step",
                "%step q1 [n]",
                "Runs n data batches, each with the no-data batch it makes due.",
                c -> Optional.of(magics.query(c).step(number(c, 1, 1)))));
        all.add(magics.line(
                "batch",
                "%batch q1 42 [--input|--state|--diff 41]",
                "A kept batch: rows in and out, what it read, what was remembered after it, what differs from another.",
                magics::batch));
        all.add(magics.line(
                "freeze",
                "%freeze q1 | --all [--png]",
                "Writes down what a query shows now: text, which every reader of the notebook keeps, with --png also its chart.",
                magics::freeze));
        all.add(magics.line("explain", "%explain q1", "The plan, with rows, time and state of the last batch.", c -> {
            host.currentCell().ifPresent(cell -> cell.print(magics.query(c).explain() + "\n"));
            return Optional.empty();
        }));
        all.add(magics.line("doctor", "%doctor", "What is wrong or worth knowing: Java, queries, checkpoints.", c -> {
            host.currentCell().ifPresent(cell -> cell.print(streams.doctor()));
            return Optional.empty();
        }));
        all.add(magics.line("replay", "%replay q1 --speed 10x|max", "Changes the pace of a replay.", magics::replay));
        all.add(new FunctionsMagic(streams));
        return all;
    }

    private interface Body {
        Optional<Object> run(MagicCall call) throws Exception;
    }

    private Magic line(String name, String usage, String summary, Body body) {
        return new Magic() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Kind kind() {
                return Kind.LINE;
            }

            @Override
            public String usage() {
                return usage;
            }

            @Override
            public String summary() {
                return summary;
            }

            @Override
            public List<org.tailrace.kernel.spi.Completion> complete(MagicCall call, int cursor) {
                return QueryNames.complete(streams, call, cursor, usage);
            }

            @Override
            public Optional<Object> run(MagicCall call, Cell cell) throws Exception {
                return body.run(call);
            }
        };
    }

    /** Looks for a query of that name first, then for a variable that holds one. */
    private Query query(MagicCall call) {
        List<String> words =
                call.arguments().stream().filter(word -> !word.startsWith("--")).toList();
        if (words.isEmpty()) {
            List<Query> all = streams.queries();
            if (all.size() == 1) {
                return all.get(0);
            }
            throw new PlanException(Problem.of("TR-151", "%" + call.name() + " needs the name of a query")
                    .have(String.join(", ", all.stream().map(Query::name).toList())));
        }
        String name = words.get(0);
        for (Query query : streams.queries()) {
            if (query.name().equals(name)) {
                return query;
            }
        }
        Query held = host.variables(Query.class).get(name);
        return held != null ? held : streams.query(name);
    }

    private static ViewSpec view(MagicCall call) {
        List<String> words = call.arguments();
        if (words.size() < 2) {
            return new ViewSpec.Auto();
        }
        ViewSpec view = VIEWS.get(words.get(1));
        if (view == null) {
            throw new PlanException(Problem.of("TR-801", "no view '" + words.get(1) + "'")
                    .have("rates, state, table, watermark")
                    .fix(Nearest.question(words.get(1), VIEWS.keySet())));
        }
        return view;
    }

    private static int number(MagicCall call, int position, int otherwise) {
        List<String> words = call.arguments();
        if (words.size() <= position) {
            return otherwise;
        }
        String word = words.get(position);
        if (!word.matches("[0-9]{1,9}")) {
            throw new PlanException(
                    Problem.of("TR-802", "'" + word + "' is not a number").fix("write %" + call.name() + " q1 3"));
        }
        return Integer.parseInt(word);
    }

    private Optional<Object> stop(MagicCall call) throws InterruptedException {
        if (call.arguments().contains("--all")) {
            for (Query query : streams.queries()) {
                if (query.isActive()) {
                    query.stop();
                }
            }
        } else {
            query(call).stop();
        }
        return Optional.empty();
    }

    private Optional<Object> freeze(MagicCall call) {
        boolean all = call.arguments().contains("--all");
        boolean picture = call.arguments().contains("--png");
        for (Query query : all ? streams.queries() : List.of(query(call))) {
            host.currentCell().ifPresent(cell -> {
                String text = query.draw(new ViewSpec.Auto(), "").text();
                cell.display(Map.of("text/plain", text));
                if (picture) {
                    chart(query, cell);
                }
            });
        }
        return Optional.empty();
    }

    private static void chart(Query query, Cell cell) {
        try {
            Pictures.of(query.toChart()).ifPresent(cell::display);
        } catch (PlanException nothingToDraw) {
            cell.print(nothingToDraw.getMessage() + "\n");
        }
    }

    private Optional<Object> resume(MagicCall call) {
        if (!call.arguments().isEmpty()) {
            query(call).resume();
        } else {
            streams.queries().stream()
                    .filter(q -> q.status().state() == State.PAUSED)
                    .forEach(Query::resume);
        }
        return Optional.empty();
    }

    private Optional<Object> batch(MagicCall call) throws InterruptedException {
        Query query = query(call);
        boolean numbered =
                call.arguments().size() > 1 && !call.arguments().get(1).startsWith("--");
        long id = numbered ? number(call, 1, 0) : query.status().batchId();
        if (call.arguments().contains("--input")) {
            return tables(query.input(id));
        } else if (call.arguments().contains("--state")) {
            return tables(query.state(id));
        }
        int diff = call.arguments().indexOf("--diff");
        if (diff >= 0) {
            return Optional.of(query.diff(id, number(call, diff + 1, (int) id - 1)));
        }
        return Optional.of(new Query.Stepped(query, List.of(query.kept(id))));
    }

    /** The last one is the cell's result. */
    private Optional<Object> tables(List<Shown> tables) {
        for (Shown table : tables.subList(0, Math.max(0, tables.size() - 1))) {
            host.currentCell().ifPresent(cell -> cell.display(table.draw().bundle()));
        }
        return tables.isEmpty() ? Optional.empty() : Optional.of(tables.get(tables.size() - 1));
    }

    private Optional<Object> replay(MagicCall call) {
        List<String> words = call.arguments();
        int at = words.indexOf("--speed");
        if (at < 0 || at + 1 >= words.size()) {
            throw new PlanException(
                    Problem.of("TR-804", "%replay needs a pace").fix("write %replay q1 --speed 10x, or --speed max"));
        }
        query(call).speed(words.get(at + 1));
        return Optional.empty();
    }
}
