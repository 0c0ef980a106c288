package org.tailrace.kernel.output;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How often displays may change: four times a second each, twenty times a second together. What was measured in
 * JupyterLab: at 4 × 28 KB a second a frame is on the screen after 40 ms, at 30 a second it falls behind for good.
 */
final class FrameBudget {

    private static final long PER_VIEW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PER_KERNEL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private long sentNanos;
    private boolean sentAny;

    /** The display that waited longest since its last frame, so that none starves. */
    DisplayThread.@Nullable View next(Collection<DisplayThread.View> changed) {
        DisplayThread.View oldest = null;
        for (DisplayThread.View view : changed) {
            if (oldest == null || view.shownNanos - oldest.shownNanos < 0) {
                oldest = view;
            }
        }
        return oldest;
    }

    /** How long that display has to wait for its next frame; zero or less if not at all. */
    long waitNanos(DisplayThread.View view, long nowNanos) {
        long own = view.shownNanos + PER_VIEW_NANOS - nowNanos;
        return sentAny ? Math.max(own, sentNanos + PER_KERNEL_NANOS - nowNanos) : own;
    }

    void sent(long nowNanos) {
        sentNanos = nowNanos;
        sentAny = true;
    }
}
