package org.tailrace.kernel.protocol;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.InputSource;
import org.tailrace.kernel.output.NoInputException;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;

/** Asks for one line at a time and hands the answer to the cell that waits for it; an answer nobody waits for is void. */
final class StdinDesk implements InputSource {

    private final Publisher publisher;
    /** Cells of several subshells may ask at once; a front end shows one question. */
    private final ReentrantLock turn = new ReentrantLock();

    private record Question(String id, CompletableFuture<String> answer) {}

    private volatile @Nullable Question asked;
    private volatile boolean closed;

    StdinDesk(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public String read(CellContext cell, String prompt, boolean password) throws IOException, InterruptedException {
        Origin origin = Origin.of(cell);
        if (!origin.allowInput()) {
            throw new NoInputException();
        }
        turn.lockInterruptibly();
        try {
            var answer = new CompletableFuture<String>();
            // the answer may come before ask() has returned its id, so an unknown one is accepted until then
            asked = new Question("", answer);
            String id =
                    publisher.ask(origin, Json.object().put("prompt", prompt).put("password", password));
            asked = new Question(id, answer);
            if (closed) {
                throw new IOException("the kernel is going down");
            }
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } finally {
            asked = null;
            turn.unlock();
        }
    }

    /** Takes an {@code input_reply}. Some clients send it without a parent; one with another question's is old. */
    void answered(Message reply) {
        Question question = asked;
        String about = reply.parent().path("msg_id").asText("");
        if (question != null && (about.isEmpty() || question.id().isEmpty() || about.equals(question.id()))) {
            question.answer().complete(reply.content().path("value").asText(""));
        }
    }

    void close() {
        closed = true;
        Question question = asked;
        if (question != null) {
            question.answer().completeExceptionally(new IOException("the kernel is going down"));
        }
    }
}
