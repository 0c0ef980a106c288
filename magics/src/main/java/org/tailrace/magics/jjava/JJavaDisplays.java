package org.tailrace.magics.jjava;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.spi.LiveDisplay;

/**
 * Displays that change, by JJava's {@code display} and {@code updateDisplay}. JJava takes an update only while a cell runs and
 * loses it otherwise; so the newest picture of each display waits until one does, and older ones are never drawn.
 */
final class JJavaDisplays implements AutoCloseable {

    private static final long PERIOD_MS = 250;

    private final JupyterIO io;
    private final Consumer<String> log;
    private final ScheduledExecutorService timer;

    // both guarded by this
    private final Set<Changing> waiting = new LinkedHashSet<>();
    private boolean scheduled;

    JJavaDisplays(JupyterIO io, Consumer<String> log) {
        this.io = io;
        this.log = log;
        timer = Executors.newSingleThreadScheduledExecutor(body -> {
            var thread = new Thread(body, "tailrace-displays");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Everything but JSON, which JJava would send as a text. */
    static DisplayData fill(DisplayData data, Map<String, String> bundle) {
        bundle.forEach((type, text) -> {
            if (!type.endsWith("json")) {
                data.putData(type, text);
            }
        });
        return data;
    }

    LiveDisplay open(String id, Map<String, String> first) {
        var data = fill(new DisplayData(), first);
        // not setDisplayId, whose return type is not the same in all versions of JJava
        data.putTransientData(DisplayData.DISPLAY_ID_KEY, id);
        io.display.display(data);
        return new Changing(id, first);
    }

    /** Sends the newest picture of each display that has changed, if a cell runs. */
    void sendWaiting() {
        List<Changing> due;
        synchronized (this) {
            if (!io.display.isAttached()) {
                return;
            }
            due = List.copyOf(waiting);
            waiting.clear();
        }
        for (var display : due) {
            try {
                display.send();
            } catch (RuntimeException e) {
                log.accept("a display could not be drawn: " + e);
            }
        }
    }

    private synchronized void changed(Changing display) {
        waiting.add(display);
        if (!scheduled && !timer.isShutdown()) {
            scheduled = true;
            timer.schedule(this::tick, PERIOD_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        sendWaiting();
        synchronized (this) {
            scheduled = !waiting.isEmpty() && !timer.isShutdown();
            if (scheduled) {
                timer.schedule(this::tick, PERIOD_MS, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
    }

    private final class Changing implements LiveDisplay {
        private final String id;

        // both guarded by this
        private Map<String, String> shown;
        private @Nullable Supplier<Map<String, String>> newest;

        Changing(String id, Map<String, String> shown) {
            this.id = id;
            this.shown = shown;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void update(Supplier<Map<String, String>> picture) {
            synchronized (this) {
                newest = picture;
            }
            changed(this);
        }

        @Override
        public void flush() {
            sendWaiting();
        }

        synchronized void send() {
            var picture = newest;
            newest = null;
            var bundle = picture == null ? shown : picture.get();
            if (!bundle.equals(shown)) {
                shown = bundle;
                io.display.updateDisplay(id, fill(new DisplayData(), bundle));
            }
        }
    }
}
