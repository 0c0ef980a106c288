package org.tailrace.env;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads from one factory. The pool's idle threads end after a while. */
final class SystemScheduler implements Scheduler {
    private final ThreadFactory threads;
    private final int parallelism;
    private final ThreadPoolExecutor pool;

    SystemScheduler(ThreadFactory threads, int parallelism) {
        this.threads = threads;
        this.parallelism = parallelism;
        int helpers = Math.max(1, parallelism - 1);
        var number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                helpers,
                helpers,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                body -> daemon("tailrace-worker-" + number.incrementAndGet(), body));
        pool.allowCoreThreadTimeOut(true);
    }

    private Thread daemon(String name, Runnable body) {
        Thread thread = threads.newThread(body);
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Thread start(String name, Runnable body) {
        Thread thread = daemon(name, body);
        thread.start();
        return thread;
    }

    /**
     * The calling thread takes part: it runs every piece that no worker has taken yet, so a pool that is busy elsewhere
     * delays nothing, and pieces may call this again.
     */
    @Override
    public <T> List<T> runAll(List<? extends Callable<T>> pieces) throws Exception {
        var tasks = new ArrayList<FutureTask<T>>(pieces.size());
        for (Callable<T> piece : pieces) {
            tasks.add(new FutureTask<>(piece));
        }
        if (parallelism > 1) {
            for (int i = 1; i < tasks.size(); i++) {
                pool.execute(tasks.get(i));
            }
        }
        tasks.forEach(FutureTask::run);
        boolean interrupted = false;
        var results = new ArrayList<T>(tasks.size());
        Throwable failure = null;
        for (int i = 0; i < tasks.size(); ) {
            try {
                results.add(tasks.get(i).get());
                i++;
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
                i++;
            } catch (InterruptedException e) {
                // All pieces must have ended before the caller goes on: they share its arrays.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof Exception exception) {
            throw exception;
        } else if (failure instanceof Error error) {
            throw error;
        }
        return results;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }
}
