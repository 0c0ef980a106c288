package org.tailrace.magics;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.tailrace.LiveHost;
import org.tailrace.Query;
import org.tailrace.QueryLog;
import org.tailrace.env.Environment;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.LiveDisplay;
import org.tailrace.render.ViewSpec;

/** Draws views in the cells of a notebook: one display for each, replaced as the query goes on. */
final class NotebookLiveHost implements LiveHost {
    private final KernelHost host;
    private final Map<Query, LiveView> views = new ConcurrentHashMap<>();
    private final Map<Query, LiveDisplay> consoles = new ConcurrentHashMap<>();
    private final Map<Query, StopToken> tokens = new ConcurrentHashMap<>();
    private final ThreadLocal<StopToken> starting = new ThreadLocal<>();
    // names of unnamed queries by cell, and the execution that last asked; guarded by this
    private final Map<String, NameList> unnamed = new HashMap<>();
    private int count;

    private static final class NameList {
        final Map<Integer, String> names = new LinkedHashMap<>();
        int execution = -1;
        int asked;
    }

    NotebookLiveHost(KernelHost host) {
        this.host = host;
    }

    @Override
    public Optional<String> assignedName() {
        return host.assignedName();
    }

    /** The n-th unnamed query of a cell has the same name each time the cell runs, so that it replaces itself. */
    @Override
    public synchronized String nextName() {
        Optional<Cell> cell = host.currentCell();
        NameList list = unnamed.computeIfAbsent(cell.map(Cell::id).orElse(""), id -> new NameList());
        int execution = cell.map(Cell::number).orElse(0);
        if (list.execution != execution) {
            list.execution = execution;
            list.asked = 0;
        }
        return list.names.computeIfAbsent(list.asked++, n -> "live" + ++count);
    }

    @Override
    public String here() {
        return host.currentCell().map(c -> "cell [" + c.number() + "]").orElse("a new query of that name");
    }

    /** Threads that no interrupt of a cell reaches, whose prints go to the query's log. */
    @Override
    public Environment environment(Environment base, QueryLog log) {
        var token = new StopToken();
        starting.set(token);
        Environment own = SystemEnvironment.create(host.threadFactory(token::stopped, log::add));
        return new Environment(base.files(), base.clock(), own.scheduler(), base.randomness());
    }

    @Override
    public void started(Query query) {
        StopToken token = starting.get();
        starting.remove();
        if (token != null) {
            tokens.put(query, token);
            query.addListener(token);
        }
        host.currentCell().ifPresent(cell -> query.log().onLine(new LogDisplay(query, cell, this)));
    }

    @Override
    public void show(Query query, ViewSpec spec) {
        host.currentCell().ifPresent(cell -> {
            var view = new LiveView(query, spec, cell.number());
            views.put(query, view);
            view.open(cell, UUID.randomUUID().toString());
        });
    }

    @Override
    public void console(Query query, String text) {
        Map<String, String> bundle = Map.of("text/plain", text);
        LiveDisplay display = consoles.get(query);
        if (display == null) {
            host.currentCell().or(host::runningCell).ifPresent(cell -> {
                String id = UUID.randomUUID().toString();
                consoles.put(query, cell.live(id, () -> bundle));
            });
        } else {
            display.update(() -> bundle);
        }
    }

    @Override
    public void note(String sentence) {
        host.currentCell().ifPresent(cell -> cell.print(sentence + "\n"));
    }

    boolean hasView(Query query) {
        return views.containsKey(query);
    }

    /** Whether the cell that runs has drawn this query already, so that its value need not be drawn again. */
    boolean shownInRunningCell(Query query) {
        LiveView view = views.get(query);
        return view != null
                && host.currentCell().map(c -> c.number() == view.cell()).orElse(false);
    }
}
