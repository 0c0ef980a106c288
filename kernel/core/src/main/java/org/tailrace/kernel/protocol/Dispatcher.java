package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.tailrace.kernel.comm.CommRegistry;
import org.tailrace.kernel.history.History;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.wire.Channel;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;
import org.tailrace.kernel.wire.Wire;

/**
 * Decides on which thread each request is served.
 *
 * <pre>
 *   shell     cells and comm messages, one after the other
 *   subshell  the same and completions, a thread each, for requests whose header names one
 *   lang      completion, inspection, completeness: beside a running cell
 *   control   everything about the kernel, interrupts and the end: at once
 * </pre>
 *
 * Every request but {@code input_reply} gets a busy, a reply where the protocol has one, and an idle, whatever goes wrong.
 */
public final class Dispatcher implements Wire.Receiver {

    /** What the kernel does when a front end asks it to go down. */
    public interface Lifecycle {
        /** Ends cells and plug-ins; returns when their last output was handed over, at the latest after some seconds. */
        void quiesce();

        /** Called last, when the reply was handed over. Does not wait. */
        void end();
    }

    private final Publisher publisher;
    private final StatusBoard status;
    private final StdinDesk stdin;
    private final CommRegistry comms;
    private final OutputRouter output;
    private final CompletableFuture<Interpreter> interpreter;
    private final Lifecycle lifecycle;
    private final Consumer<String> log;

    private final Execution execution;
    private final LanguageQuestions language;
    private final KernelQuestions questions;
    private final CommMessages commMessages;
    private final Subshells subshells;

    private final Lane shell = new Lane("shell");
    private final Lane lang = new Lane("lang");
    private final Lane control = new Lane("control");

    /**
     * @param interpreter completed, or failed, once it is made; cells wait for it
     * @param version this kernel's, as front ends show it
     */
    public Dispatcher(
            Wire wire,
            CompletableFuture<Interpreter> interpreter,
            String version,
            Lifecycle lifecycle,
            Consumer<String> log) {
        this.interpreter = interpreter;
        this.lifecycle = lifecycle;
        this.log = log;
        publisher = new Publisher(wire);
        status = new StatusBoard(publisher);
        stdin = new StdinDesk(publisher);
        var history = new History();
        output = new OutputRouter(new WireSink(publisher, history), log);
        output.inputFrom(stdin);
        comms = new CommRegistry(this::publishComm);
        execution = new Execution(publisher, output, history, interpreter);
        language = new LanguageQuestions(publisher, interpreter);
        questions = new KernelQuestions(publisher, history, comms, version);
        commMessages = new CommMessages(comms, output, log);
        subshells = new Subshells(publisher);
    }

    public OutputRouter output() {
        return output;
    }

    public CommRegistry comms() {
        return comms;
    }

    /** Says that the kernel is starting. */
    public void starting() {
        status.starting();
    }

    @Override
    public void failed(Throwable cause) {
        // a kernel that nobody can reach ends, so that the front end notices and starts another
        lifecycle.end();
    }

    /** Takes a message from the wire, on the I/O thread: only hands it on. */
    @Override
    public void received(Message message) {
        String type = message.type();
        if (type.equals("input_reply")) {
            stdin.answered(message);
            return;
        }
        String subshell = message.subshell();
        if (message.channel() == Channel.SHELL && !subshell.isEmpty()) {
            Optional<Lane> lane = subshells.lane(subshell);
            if (lane.isPresent()) {
                submit(lane.get(), message);
            } else {
                control.submit(aborted -> guarded(
                        message, () -> publisher.refuse(message, "UnknownSubshell", "no subshell '" + subshell + "'")));
            }
            return;
        }
        switch (type) {
            case "execute_request", "comm_open", "comm_msg", "comm_close" -> submit(shell, message);
            case "complete_request", "inspect_request", "is_complete_request" -> submit(lang, message);
            default -> submit(control, message);
        }
    }

    private void submit(Lane lane, Message message) {
        lane.submit(aborted -> guarded(message, () -> serve(lane, message, aborted)));
    }

    private void guarded(Message message, Runnable service) {
        boolean cell = message.type().equals("execute_request");
        if (cell) {
            execution.begin(message);
        }
        status.begin(message, isWork(message));
        try {
            service.run();
        } catch (Throwable e) {
            // the thread serves all later requests too, so it outlives whatever one of them does
            log.accept(message.type() + " failed: " + e);
            if (message.type().endsWith("_request")) {
                publisher.refuse(message, "KernelError", String.valueOf(e.getMessage()));
            }
        } finally {
            if (cell) {
                execution.end(message);
            }
            status.end(message);
        }
        if (message.type().equals("shutdown_request")) {
            lifecycle.end();
        }
    }

    private static boolean isWork(Message message) {
        return message.type().equals("execute_request")
                || message.type().startsWith("comm_") && !message.type().endsWith("_request");
    }

    private void serve(Lane lane, Message message, boolean aborted) {
        switch (message.type()) {
            case "execute_request" -> {
                if (aborted) {
                    execution.abort(message);
                } else {
                    execution.run(message, lane::abortQueued);
                }
            }
            case "comm_open", "comm_msg", "comm_close" -> commMessages.received(message);
            case "complete_request" -> language.complete(message);
            case "inspect_request" -> language.inspect(message);
            case "is_complete_request" -> language.isComplete(message);
            case "kernel_info_request" -> questions.kernelInfo(message);
            case "comm_info_request" -> questions.commInfo(message);
            case "history_request" -> questions.history(message);
            case "create_subshell_request" -> subshells.create(message);
            case "delete_subshell_request" -> subshells.delete(message);
            case "list_subshell_request" -> subshells.list(message);
            case "interrupt_request" -> interrupt(message);
            case "shutdown_request" -> shutdown(message);
            default -> unknown(message);
        }
    }

    private void interrupt(Message message) {
        if (!execution.interrupt() && interpreter.isDone() && !interpreter.isCompletedExceptionally()) {
            interpreter.join().interrupt();
        }
        publisher.reply(message, Json.object().put("status", "ok"));
    }

    /** Ends the cells that are under way. */
    public void interruptCells() {
        execution.interrupt();
    }

    private void shutdown(Message message) {
        boolean restart = message.content().path("restart").asBoolean(false);
        lifecycle.quiesce();
        ObjectNode reply = Json.object().put("status", "ok").put("restart", restart);
        publisher.publish(message.header(), "shutdown_reply", reply);
        publisher.reply(message, reply);
    }

    private void unknown(Message message) {
        log.accept("no such request: " + message.type());
        if (message.type().endsWith("_request")) {
            publisher.refuse(message, "UnknownRequest", "this kernel does not know " + message.type());
        }
    }

    private void publishComm(String type, ObjectNode content, List<byte[]> buffers) {
        ObjectNode parent = output.current()
                .or(output::running)
                .map(cell -> Origin.of(cell).header())
                .orElseGet(Json::object);
        publisher.publish(parent, type, content, buffers);
    }

    /**
     * Takes no more requests. Whoever waits for input gets none, cells that wait are aborted, and each request that is
     * under way has until {@code deadlineNanos} to reply, since a reply that is made later finds no socket.
     */
    public void close(long deadlineNanos) {
        stdin.close();
        List<Lane> lanes = lanes();
        lanes.forEach(lane -> {
            lane.abortQueued();
            lane.close();
        });
        control.close();
        await(lanes, deadlineNanos);
        output.close();
    }

    private List<Lane> lanes() {
        var lanes = new ArrayList<>(subshells.lanes());
        lanes.add(shell);
        lanes.add(lang);
        return lanes;
    }

    /** After {@link #close}: returns when the request that asked for the end has its reply too. */
    public void awaitLastReply(long deadlineNanos) {
        var lanes = lanes();
        lanes.add(control);
        await(lanes, deadlineNanos);
    }

    private static void await(List<Lane> lanes, long deadlineNanos) {
        try {
            for (Lane lane : lanes) {
                lane.awaitEnd(deadlineNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
