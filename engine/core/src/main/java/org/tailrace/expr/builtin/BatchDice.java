package org.tailrace.expr.builtin;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;

/** Random numbers from the seed of the batch and that of a call, so that a batch run again gives the same. */
final class BatchDice {
    private final EvalContext context;
    private final long salt;
    private long lastRun;
    private @Nullable SplittableRandom random;

    /** @param arguments may hold, at the given place, the call's own seed */
    BatchDice(EvalContext context, List<Typed> arguments, int seed) {
        this.context = context;
        salt = arguments.size() > seed
                        && arguments.get(seed) instanceof Typed.Constant constant
                        && constant.value() instanceof Number number
                ? number.longValue()
                : 0;
    }

    /** Begins anew with each batch. */
    SplittableRandom ofThisBatch() {
        EvalContext.BatchClock clock = context.clock();
        SplittableRandom dice = random;
        if (dice == null || lastRun != clock.run) {
            dice = new SplittableRandom(clock.seed ^ salt * 0x9E3779B97F4A7C15L);
            random = dice;
            lastRun = clock.run;
        }
        return dice;
    }
}
