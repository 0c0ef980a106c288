package org.tailrace;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Trigger;
import org.tailrace.spi.Backend.OnError;
import org.tailrace.spi.StateBudget;

/** How a query is to run, as far as its writer said. Immutable. */
record RunOptions(
        @Nullable OutputMode mode,
        Trigger trigger,
        Optional<Path> checkpoint,
        OnError onError,
        OptionalLong maxStateRows,
        OptionalLong maxStateBytes) {
    static final RunOptions DEFAULT = new RunOptions(
            null, new Trigger.Default(), Optional.empty(), OnError.FAIL, OptionalLong.empty(), OptionalLong.empty());

    RunOptions with(OutputMode to) {
        return new RunOptions(to, trigger, checkpoint, onError, maxStateRows, maxStateBytes);
    }

    RunOptions with(Trigger to) {
        return new RunOptions(mode, to, checkpoint, onError, maxStateRows, maxStateBytes);
    }

    RunOptions with(Path directory) {
        return new RunOptions(mode, trigger, Optional.of(directory), onError, maxStateRows, maxStateBytes);
    }

    RunOptions with(OnError policy) {
        return new RunOptions(mode, trigger, checkpoint, policy, maxStateRows, maxStateBytes);
    }

    RunOptions withMaxStateRows(long rows) {
        return new RunOptions(mode, trigger, checkpoint, onError, OptionalLong.of(rows), maxStateBytes);
    }

    RunOptions withMaxStateBytes(long bytes) {
        return new RunOptions(mode, trigger, checkpoint, onError, maxStateRows, OptionalLong.of(bytes));
    }

    /** What the writer did not say is the session's. */
    StateBudget budget(StateBudget session) {
        return new StateBudget(maxStateRows.orElse(session.maxRows()), maxStateBytes.orElse(session.maxBytes()));
    }
}
