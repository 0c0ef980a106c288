package org.tailrace.exec;

import java.util.function.BiFunction;
import org.tailrace.error.Problem;
import org.tailrace.error.SinkException;
import org.tailrace.error.SourceException;
import org.tailrace.error.TailraceException;

/** Calls of connectors: what they throw becomes a typed error that names the connector. */
final class Outside {
    private Outside() {}

    @FunctionalInterface
    interface Call<T> {
        T run() throws Exception;
    }

    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** @throws SourceException TR-702 for what has no type yet */
    static <T> T source(String name, String doing, Call<T> call) throws InterruptedException {
        return typed(
                call,
                (what, cause) -> new SourceException(
                        Problem.of("TR-702", "source " + name + " failed while " + doing)
                                .because(what),
                        cause));
    }

    /** @throws SinkException TR-703 for what has no type yet */
    static <T> T sink(String name, String doing, Call<T> call) throws InterruptedException {
        return typed(
                call,
                (what, cause) -> new SinkException(
                        Problem.of("TR-703", "sink " + name + " failed while " + doing)
                                .because(what),
                        cause));
    }

    static void sinkAction(String name, String doing, Action action) throws InterruptedException {
        sink(name, doing, () -> {
            action.run();
            return name;
        });
    }

    private static <T> T typed(Call<T> call, BiFunction<String, Exception, TailraceException> type)
            throws InterruptedException {
        try {
            return call.run();
        } catch (TailraceException | GivenUp | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw type.apply(Words.of(e), e);
        }
    }
}
