package org.tailrace.kernel.exec;

import java.util.function.BooleanSupplier;

/** A plug-in's thread: no interrupt of a cell touches it, and notebook code on it obeys only {@code stop}. */
final class GuardedThread extends OwnedThread {

    private final BooleanSupplier stop;

    GuardedThread(Runnable body, String name, BooleanSupplier stop) {
        super(null, body, name);
        this.stop = stop;
    }

    @Override
    public boolean mustStop() {
        return stop.getAsBoolean();
    }
}
