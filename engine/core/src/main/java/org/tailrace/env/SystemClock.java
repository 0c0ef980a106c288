package org.tailrace.env;

/** The clocks of the JVM. */
final class SystemClock implements Clock {

    @Override
    public long currentTimeMs() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void await(Object monitor, long nanos) throws InterruptedException {
        if (nanos <= 0) {
            monitor.wait();
        } else {
            monitor.wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
    }
}
