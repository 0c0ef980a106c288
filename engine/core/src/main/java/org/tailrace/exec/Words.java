package org.tailrace.exec;

import java.math.BigDecimal;
import org.tailrace.plan.Trigger;

/** How times, intervals and failures are said to people. */
final class Words {
    private static final long DAY_MS = 86_400_000L;

    private Words() {}

    /** {@code 500 ms}, {@code 1 s}, {@code 1.5 s}, {@code 10 min}, {@code 2 h}, {@code 3 d}. */
    static String duration(long ms) {
        if (ms < 1000) {
            return ms + " ms";
        } else if (ms < 60_000 || ms % 60_000 != 0) {
            return BigDecimal.valueOf(ms, 3).stripTrailingZeros().toPlainString() + " s";
        } else if (ms < 3_600_000 || ms % 3_600_000 != 0) {
            return ms / 60_000 + " min";
        } else if (ms < DAY_MS || ms % DAY_MS != 0) {
            return ms / 3_600_000 + " h";
        }
        return ms / DAY_MS + " d";
    }

    static String trigger(Trigger trigger) {
        if (trigger instanceof Trigger.Every every) {
            return "every " + duration(every.intervalMs());
        } else if (trigger instanceof Trigger.Once) {
            return "once";
        } else if (trigger instanceof Trigger.AvailableNow) {
            return "available now";
        } else if (trigger instanceof Trigger.Step) {
            return "step by step";
        }
        return "as fast as possible";
    }

    /** Message of a throwable, or its class if it has none. */
    static String of(Throwable t) {
        String message = t.getMessage();
        String type = t.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : type + ": " + message;
    }
}
