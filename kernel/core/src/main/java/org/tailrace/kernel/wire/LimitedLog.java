package org.tailrace.kernel.wire;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets a few lines through every ten seconds and says how many it kept back, so that a flood of rubbish fills no disk. */
final class LimitedLog {

    private static final int LINES = 5;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Consumer<String> log;
    private long periodNanos;
    private int shown;
    private long kept;

    LimitedLog(Consumer<String> log) {
        this.log = log;
    }

    synchronized void accept(String line, long nowNanos) {
        if (shown == 0 || nowNanos - periodNanos >= PERIOD_NANOS) {
            if (kept > 0) {
                log.accept("… " + kept + " more like these");
            }
            periodNanos = nowNanos;
            shown = 0;
            kept = 0;
        }
        if (shown < LINES) {
            shown++;
            log.accept(line);
        } else {
            kept++;
        }
    }
}
