package org.tailrace;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tailrace.env.Environment;
import org.tailrace.render.ViewSpec;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;

/** Prints text twins, for programs without a notebook. */
final class PrintingHost implements LiveHost {
    private final PrintStream out;
    private final AtomicInteger unnamed = new AtomicInteger();

    PrintingHost(PrintStream out) {
        this.out = out;
    }

    @Override
    public Optional<String> assignedName() {
        return Optional.empty();
    }

    @Override
    public String nextName() {
        return "live" + unnamed.incrementAndGet();
    }

    @Override
    public String here() {
        return "a new query of that name";
    }

    @Override
    public Environment environment(Environment base, QueryLog log) {
        return base;
    }

    @Override
    public void started(Query query) {}

    @Override
    public void show(Query query, ViewSpec view) {
        query.addListener(new QueryListener() {
            @Override
            public void progressed(QueryInfo info, BatchReport report) {
                out.println(query.draw(view, "").text());
            }

            @Override
            public void changed(QueryInfo info, QueryStatus status) {
                if (status.state().ended()) {
                    out.println(query.draw(view, "").text());
                }
            }
        });
    }

    @Override
    public void console(Query query, String text) {
        out.println(text);
    }

    @Override
    public void note(String sentence) {
        out.println(sentence);
    }
}
