package org.tailrace.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Kills a program with SIGKILL again and again while its input keeps coming, one kill in five while it starts and recovers,
 * and lets it finish then. Or stops one with SIGSTOP, has another take its place, and wakes it up again.
 *
 * <p>The program reads a line from its standard input before it begins, {@code run} or {@code finish}: so the next JVM can
 * start while this one is still at work. It prints {@code READY} once its query runs, and ends by itself if its input ends.
 */
public abstract class KillLoop implements AutoCloseable {
    private static final int PROGRESS = 20;

    protected final Random random;
    private final ChildJvm child;
    private final List<String> arguments;
    private final long startNanos = System.nanoTime();
    private @Nullable Process next;
    private long readyMs = 100;
    private int kills;
    private int killsWhileStarting;

    protected KillLoop(ChildJvm child, List<String> arguments, long seed) {
        this.child = child;
        this.arguments = List.copyOf(arguments);
        random = new Random(seed);
    }

    /** Puts more input there. */
    protected abstract void give() throws Exception;

    /** Returns when the program has been at work for a while; by what it has done, so that a slow machine is no excuse. */
    protected abstract void work(Process process) throws Exception;

    private Process begin(String word) throws Exception {
        Process process = next != null ? next : child.start(arguments);
        next = null;
        process.outputWriter().write(word + "\n");
        process.outputWriter().flush();
        return process;
    }

    private void ready(Process process) throws Exception {
        if (!"READY".equals(process.inputReader().readLine())) {
            throw ended(process);
        }
    }

    private static IllegalStateException ended(Process process) throws InterruptedException {
        int value = process.waitFor();
        return new IllegalStateException("the program ended with " + value
                + (value > 128 ? ": somebody else sent it signal " + (value - 128) : ""));
    }

    /** Runs the program until all that it was given has gone through. */
    public final void finish() throws Exception {
        Process process = begin("finish");
        process.inputReader().lines().forEach(line -> {});
        if (process.waitFor() != 0) {
            throw ended(process);
        }
    }

    public final void kill() throws Exception {
        give();
        long start = System.nanoTime();
        Process process = begin("run");
        next = child.start(arguments);
        if (random.nextInt(5) == 0) {
            process.waitFor(random.nextInt((int) readyMs + 1), TimeUnit.MILLISECONDS);
            killsWhileStarting++;
        } else {
            ready(process);
            readyMs = (System.nanoTime() - start) / 1_000_000;
            work(process);
        }
        if (!process.isAlive()) {
            throw ended(process);
        }
        end(process);
        if (++kills % PROGRESS == 0) {
            System.out.println("kills … " + kills);
        }
    }

    /** So often {@link #kill}, and {@link #finish}. */
    public final void kill(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            kill();
        }
        finish();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Frees by force what the paused program holds, so that another may start. */
    protected void free() throws IOException {}

    /**
     * Pauses the program at work, has another one take its place, and lets the first go on.
     *
     * @return what the first one said when it ended
     */
    public final String takeOver() throws Exception {
        give();
        Process first = begin("run");
        ready(first);
        work(first);
        signal(first, "STOP");
        free();
        next = null;
        Process second = begin("run");
        try {
            ready(second);
            give();
            work(second);
            signal(first, "CONT");
            give();
            String said = first.inputReader().readLine();
            if (!first.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the program that was paused goes on after it said " + said);
            }
            work(second);
            return said == null ? "" : said;
        } finally {
            first.destroyForcibly().waitFor();
            end(second);
        }
    }

    private static void signal(Process process, String name) throws Exception {
        int value = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (value != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + value);
        }
    }

    /** Compares rows {@code key,number} in the order in which they were given with rows {@code key,number,count} found. */
    protected final Ledger ledger(List<String> given, List<String> found) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return Ledger.of(given, found, kills, killsWhileStarting, seconds);
    }

    @Override
    public void close() throws Exception {
        if (next != null) {
            end(next);
        }
    }
}
