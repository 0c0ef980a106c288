package org.tailrace.dstream;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one key in a call of {@link StateFunction}. */
public final class State<S> {
    private @Nullable S value;
    private final boolean timingOut;
    private boolean removed;

    State(@Nullable S value, boolean timingOut) {
        this.value = value;
        this.timingOut = timingOut;
    }

    public boolean exists() {
        return value != null;
    }

    public Optional<S> get() {
        return Optional.ofNullable(value);
    }

    public S orElse(S other) {
        return value == null ? other : value;
    }

    /** @throws IllegalStateException if the key times out: its state is about to go */
    public void update(S to) {
        if (timingOut) {
            throw new IllegalStateException("the key times out: its state cannot be updated");
        }
        value = to;
        removed = false;
    }

    public void remove() {
        value = null;
        removed = true;
    }

    /** Whether this call is for a key that had no value for the length of the timeout. */
    public boolean isTimingOut() {
        return timingOut;
    }

    boolean removed() {
        return removed;
    }
}
