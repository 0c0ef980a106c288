package org.tailrace.kernel.output;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.spi.LiveDisplay;

/**
 * The one thread of a kernel that draws changing displays and sends streams that were gathered long enough.
 *
 * <p>Displays are pulled: {@link View#update} only leaves a supplier and returns, and the thread asks the newest one when the
 * {@link FrameBudget} allows a frame. So a query that changes a thousand times a second costs four pictures.
 */
final class DisplayThread extends Thread implements AutoCloseable {

    private static final long STREAM_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long NONE = Long.MAX_VALUE;
    private static final long FLUSH_SECONDS = 2;

    /** A request to draw now: one display, or all of them. */
    private record Flush(@Nullable View only, CountDownLatch done) {}

    private final OutputRouter router;
    private final Consumer<String> log;
    private final FrameBudget budget = new FrameBudget();

    private final Object lock = new Object();
    private final Map<String, WeakReference<View>> views = new HashMap<>();
    private final Set<View> changed = new LinkedHashSet<>();
    private final ArrayDeque<Flush> flushes = new ArrayDeque<>();
    private long streamsDueNanos = NONE;
    private boolean closed;
    private final CountDownLatch flushed = new CountDownLatch(1);

    DisplayThread(OutputRouter router, Consumer<String> log) {
        // inherits no thread locals: it prints for no cell
        super(null, null, "display", 0, false);
        setDaemon(true);
        this.router = router;
        this.log = log;
    }

    void streamsPending() {
        synchronized (lock) {
            if (streamsDueNanos == NONE) {
                streamsDueNanos = System.nanoTime() + STREAM_NANOS;
                lock.notifyAll();
            }
        }
    }

    LiveDisplay open(CellContext cell, String id, Supplier<Map<String, String>> first) {
        Map<String, String> picture = copy(first.get());
        View view;
        synchronized (lock) {
            views.values().removeIf(v -> v.get() == null);
            WeakReference<View> known = views.get(id);
            View alive = known == null ? null : known.get();
            view = alive != null ? alive : new View(id, cell, picture);
            views.put(id, new WeakReference<>(view));
            view.cell = cell;
            view.shown = picture;
            view.shownNanos = System.nanoTime();
        }
        router.display(cell, picture, id);
        return view;
    }

    /** Draws every changed display now and returns when that is done, or after two seconds. */
    void flush() {
        flush(null);
    }

    private void flush(@Nullable View only) {
        if (Thread.currentThread() == this) {
            draw(takeChanged(only));
            return;
        }
        var request = new Flush(only, new CountDownLatch(1));
        synchronized (lock) {
            if (closed || views.isEmpty()) {
                return;
            }
            flushes.add(request);
            lock.notifyAll();
        }
        await(request.done());
    }

    private void await(CountDownLatch done) {
        try {
            if (!done.await(FLUSH_SECONDS, TimeUnit.SECONDS)) {
                log.accept("a display took longer than " + FLUSH_SECONDS + " s to draw; its frame will come later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (step()) {}
        flushed.countDown();
    }

    /** Waits for one piece of work and does it, outside the lock; false once closed and everything is drawn. */
    private boolean step() {
        Flush flush;
        List<View> due = List.of();
        boolean streams = false;
        boolean last = false;
        synchronized (lock) {
            long waitNanos = 0;
            while ((flush = flushes.poll()) == null && !closed) {
                long now = System.nanoTime();
                long streamsNanos = streamsDueNanos == NONE ? NONE : streamsDueNanos - now;
                View next = budget.next(changed);
                long viewNanos = next == null ? NONE : budget.waitNanos(next, now);
                if (streamsNanos <= 0) {
                    streams = true;
                    streamsDueNanos = NONE;
                    break;
                }
                if (next != null && viewNanos <= 0) {
                    due = takeChanged(next);
                    break;
                }
                waitNanos = Math.min(streamsNanos, viewNanos);
                pause(waitNanos);
            }
            if (flush != null) {
                due = takeChanged(flush.only());
            } else if (closed) {
                due = takeChanged(null);
                last = true;
            }
        }
        if (streams) {
            router.flushAll();
        }
        draw(due);
        if (flush != null) {
            flush.done().countDown();
        }
        return !last;
    }

    /** Holds the lock. Nothing interrupts this thread on purpose; if something does, the loop looks around and goes on. */
    private void pause(long nanos) {
        try {
            if (nanos == NONE) {
                lock.wait();
            } else {
                lock.wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
            }
        } catch (InterruptedException e) {
            log.accept("the display thread was interrupted and goes on");
        }
    }

    private List<View> takeChanged(@Nullable View only) {
        synchronized (lock) {
            if (only != null) {
                return changed.remove(only) ? List.of(only) : List.of();
            }
            List<View> all = new ArrayList<>(changed);
            changed.clear();
            return all;
        }
    }

    /** Keeps the order of the MIME types: an executed notebook is the same file on every machine. */
    private static Map<String, String> copy(Map<String, String> picture) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(picture));
    }

    private void draw(List<View> due) {
        for (View view : due) {
            try {
                view.draw();
            } catch (Throwable e) {
                // a picture that cannot be drawn must not end the thread that draws all the others
                log.accept("display " + view.id + " could not be drawn: " + e);
            }
        }
    }

    /** Draws what is pending and ends the thread. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        if (Thread.currentThread() != this) {
            await(flushed);
        }
    }

    /** One display id: what it shows and what it is to show next. */
    final class View implements LiveDisplay {

        private final String id;
        // all guarded by the lock; only the display thread draws
        private CellContext cell;
        private Map<String, String> shown;
        private @Nullable Supplier<Map<String, String>> next;
        long shownNanos;

        private View(String id, CellContext cell, Map<String, String> shown) {
            this.id = id;
            this.cell = cell;
            this.shown = shown;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void update(Supplier<Map<String, String>> picture) {
            synchronized (lock) {
                if (closed) {
                    return;
                }
                next = picture;
                if (changed.add(this)) {
                    lock.notifyAll();
                }
            }
        }

        @Override
        public void flush() {
            DisplayThread.this.flush(this);
        }

        private void draw() {
            Supplier<Map<String, String>> supplier;
            synchronized (lock) {
                supplier = next;
                next = null;
                shownNanos = System.nanoTime();
            }
            if (supplier == null) {
                return;
            }
            Map<String, String> picture = copy(supplier.get());
            CellContext own;
            synchronized (lock) {
                if (picture.equals(shown)) {
                    return;
                }
                shown = picture;
                own = cell;
                budget.sent(System.nanoTime());
            }
            router.updateDisplay(own, picture, id);
        }
    }
}
