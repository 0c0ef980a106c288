package org.tailrace.env;

import java.util.List;
import java.util.concurrent.Callable;

/** Threads. */
public interface Scheduler {

    /** Starts a daemon thread that runs {@code body}. */
    Thread start(String name, Runnable body);

    /** Runs independent pieces of one computation, on the calling thread too, and returns when all have ended; the first failure is thrown. */
    <T> List<T> runAll(List<? extends Callable<T>> pieces) throws Exception;

    /** How many pieces {@link #runAll} runs at the same time, at least 1. */
    int parallelism();
}
