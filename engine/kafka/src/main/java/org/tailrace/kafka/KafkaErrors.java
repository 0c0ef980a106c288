package org.tailrace.kafka;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.Problem;
import org.tailrace.error.SinkException;
import org.tailrace.error.SourceException;
import org.tailrace.error.TailraceException;

/**
 * What Kafka's clients throw, as errors of ours that say whether it is worth trying again. No secret gets into their text:
 * if one is in a message of the client's, it is hidden, and the client's own exception is left out.
 */
final class KafkaErrors {
    private final String identity;
    private final String servers;
    private final List<String> secrets;

    KafkaErrors(String identity, ClientConfig config) {
        this.identity = identity;
        servers = config.servers();
        secrets = config.secrets();
    }

    @FunctionalInterface
    interface Call<T> {
        T run() throws Exception;
    }

    /** @throws SourceException TR-464, TR-465 or TR-471 for what a client throws */
    <T> T source(Call<T> call) throws Exception {
        try {
            return call.run();
        } catch (Exception e) {
            Throwable cause = cause(e);
            if (cause instanceof TailraceException typed) {
                throw typed;
            }
            throw new SourceException(problem(cause), shown(cause), retries(cause));
        }
    }

    /** @throws SinkException TR-464, TR-465, TR-467, TR-469 or TR-471 for what a client throws */
    <T> T sink(Call<T> call) throws Exception {
        try {
            return call.run();
        } catch (Exception e) {
            Throwable cause = cause(e);
            if (cause instanceof TailraceException typed) {
                throw typed;
            }
            throw new SinkException(problem(cause), shown(cause), retries(cause));
        }
    }

    /** @throws InterruptedException if that is what happened */
    private static Throwable cause(Exception e) throws InterruptedException {
        if (e instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof InterruptException || t instanceof InterruptedException) {
                // The client sets the flag again, which would be taken for another interrupt.
                Thread.interrupted();
                throw new InterruptedException();
            }
        }
        Throwable cause = e;
        while ((cause instanceof ExecutionException || cause.getClass() == KafkaException.class)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static boolean fenced(@Nullable Throwable t) {
        for (Throwable each = t; each != null; each = each.getCause()) {
            if (each instanceof ProducerFencedException || each instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private static boolean retries(Throwable t) {
        return (t instanceof RetriableException || t instanceof TimeoutException) && !fenced(t);
    }

    private Problem problem(Throwable t) {
        String why = hide(t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage());
        if (fenced(t)) {
            return fencedOff();
        }
        if (t instanceof AuthenticationException || t instanceof AuthorizationException) {
            return Problem.of("TR-465", identity + ": Kafka at " + servers + " does not let this query in")
                    .because(why)
                    .fix(
                            "look at the options kafka.security.protocol and kafka.sasl.*, and at the rights of that user");
        }
        if (t instanceof RecordTooLargeException) {
            return Problem.of("TR-469", identity + ": a row is too large for Kafka")
                    .because(why)
                    .fix("raise kafka.max.request.size here and message.max.bytes at the topic, or write less");
        }
        if (t instanceof ConfigException || t instanceof IllegalArgumentException) {
            return Problem.of("TR-471", identity + ": Kafka's client does not take its options")
                    .because(why)
                    .fix("look at the options that begin with kafka.");
        }
        Problem problem = Problem.of("TR-464", identity + ": no answer from Kafka at " + servers)
                .because(why);
        return retries(t) ? problem.fix("start a broker there; the query goes on by itself") : problem;
    }

    /** TR-467. */
    Problem fencedOff() {
        return Problem.of("TR-467", identity + ": another query writes in this one's place")
                .because("it has the same checkpoint and was started later, so Kafka takes no more rows from this one")
                .fix("stop this query, or the other one");
    }

    private String hide(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "[hidden]");
        }
        return shown;
    }

    private @Nullable Throwable shown(Throwable t) {
        for (Throwable each = t; each != null; each = each.getCause()) {
            if (!hide(String.valueOf(each)).equals(String.valueOf(each))) {
                return null;
            }
        }
        return t;
    }
}
