package org.tailrace.app.run;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tailrace.kernel.protocol.Interpreter.Progress;

/** Says how far work has come and, by its pace since it was first looked at, when it may end. */
final class Estimate {

    private final long beginNanos;
    private final long doneBefore;

    /** @param begin empty if nothing is known of the work */
    Estimate(Optional<Progress> begin, long nowNanos) {
        beginNanos = nowNanos;
        doneBefore = begin.map(Progress::done).orElse(0L);
    }

    /** As it goes on behind a text that says what is waited for; empty for what is not known. */
    String text(Optional<Progress> work, long nowNanos) {
        return work.map(now -> String.format(
                                Locale.ROOT,
                                ": %d %%, %,d / %,d rows",
                                (long) (100.0 * now.done() / now.total()),
                                now.done(),
                                now.total())
                        + left(now, nowNanos - beginNanos))
                .orElse("");
    }

    private String left(Progress now, long tookNanos) {
        long came = now.done() - doneBefore;
        if (came <= 0) {
            return "";
        }
        double nanos = (double) tookNanos / came * (now.total() - now.done());
        return ", about " + rounded((long) Math.ceil(nanos / TimeUnit.SECONDS.toNanos(1))) + " left";
    }

    private static String rounded(long seconds) {
        if (seconds < 100) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 100 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
    }
}
