package org.tailrace.kernel.spi;

/**
 * How much of some background work is done.
 *
 * @param done rows, or whatever else the work is counted in
 * @param total of the same; more than zero
 */
public record WorkDone(long done, long total) {

    public WorkDone plus(WorkDone more) {
        return new WorkDone(done + more.done, total + more.total);
    }
}
