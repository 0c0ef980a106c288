package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.tailrace.kernel.history.History;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.output.Scope;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;

/** Runs cells: numbers them, tells the front ends what runs, and replies what each came to. */
final class Execution {

    private final Publisher publisher;
    private final OutputRouter output;
    private final History history;
    private final CompletableFuture<Interpreter> interpreter;
    /** The number that the next stored cell gets; subshells share it, as they share the variables. */
    private final AtomicInteger next = new AtomicInteger(1);

    private final Map<Message, StopSignal> underWay = Collections.synchronizedMap(new IdentityHashMap<>());

    Execution(Publisher publisher, OutputRouter output, History history, CompletableFuture<Interpreter> interpreter) {
        this.publisher = publisher;
        this.output = output;
        this.history = history;
        this.interpreter = interpreter;
    }

    /** Before the busy status of a cell: from here on {@link #interrupt} ends it. */
    void begin(Message message) {
        underWay.put(message, new StopSignal());
    }

    void end(Message message) {
        underWay.remove(message);
    }

    /** Ends what is under way; false if nothing is. */
    boolean interrupt() {
        List<StopSignal> signals;
        synchronized (underWay) {
            signals = List.copyOf(underWay.values());
        }
        signals.forEach(StopSignal::give);
        return !signals.isEmpty();
    }

    /** Replies without running; a cell before it has failed. */
    void abort(Message message) {
        publisher.reply(message, Json.object().put("status", "aborted").put("execution_count", next.get()));
    }

    /**
     * Runs a cell that has begun, and replies.
     *
     * @param abortQueued called if the cells that wait behind it are not to run; before the reply, since what a front end
     *     asks when it has seen that is no longer behind it
     */
    void run(Message message, Runnable abortQueued) {
        ExecuteRequest request = ExecuteRequest.of(message);
        int number = request.storeHistory() ? next.getAndIncrement() : next.get();
        if (request.storeHistory()) {
            history.add(number, request.code());
        }
        if (!request.silent()) {
            publisher.publish(
                    message.header(),
                    "execute_input",
                    Json.object().put("code", request.code()).put("execution_count", number));
        }
        var cell = new CellContext(
                request.cellId(),
                request.silent() ? 0 : number,
                request.code(),
                Origin.of(message, request.silent(), request.allowInput()));
        ObjectNode reply = Json.object().put("execution_count", number);
        Interpreter.Outcome outcome = interpret(cell, request, reply, Objects.requireNonNull(underWay.get(message)));
        Origin.of(cell).pages().takeInto(reply.withArray("payload"));
        reply.put("status", outcome.failed() ? "error" : "ok");
        if (outcome.failed()) {
            reply.setAll(WireSink.errorOf(outcome.errorName(), outcome.errorValue(), outcome.traceback()));
        }
        if (outcome.failed() && request.stopOnError()) {
            abortQueued.run();
        }
        publisher.reply(message, reply);
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private Interpreter.Outcome interpret(CellContext cell, ExecuteRequest request, ObjectNode reply, StopSignal stop) {
        ObjectNode values = reply.putObject("user_expressions");
        try (Scope scope = output.run(cell)) {
            if (!stop.await(interpreter)) {
                return broken(cell, "Interrupted", "interrupted before the kernel was ready");
            }
            Interpreter language = interpreter.join();
            if (request.farewell().filter(word -> !language.declares(word)).isPresent()) {
                reply.withArray("payload").addObject().put("source", "ask_exit").put("keepkernel", false);
                return Interpreter.Outcome.OK;
            }
            var outcome = language.execute(cell, request.silent(), stop);
            if (!outcome.failed()) {
                request.expressions()
                        .forEach((name, expression) ->
                                values.set(name, value(language.evaluate(cell, expression, stop))));
            }
            return outcome;
        } catch (CompletionException e) {
            return broken(cell, "KernelError", "the kernel could not start its interpreter: " + e.getCause());
        } catch (RuntimeException | Error e) {
            return broken(cell, "KernelError", "the kernel failed while it ran this cell: " + e);
        }
    }

    private Interpreter.Outcome broken(CellContext cell, String name, String value) {
        output.error(cell, name, value, List.of(value));
        return new Interpreter.Outcome(true, name, value, List.of(value));
    }

    private static ObjectNode value(Map.Entry<Interpreter.Outcome, Map<String, String>> evaluated) {
        Interpreter.Outcome outcome = evaluated.getKey();
        if (outcome.failed()) {
            return WireSink.errorOf(outcome.errorName(), outcome.errorValue(), outcome.traceback())
                    .put("status", "error");
        }
        ObjectNode value = Json.object().put("status", "ok");
        value.set("data", WireSink.data(evaluated.getValue()));
        value.set("metadata", Json.object());
        return value;
    }
}
