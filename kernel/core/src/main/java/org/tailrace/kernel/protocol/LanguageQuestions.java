package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;

/**
 * Answers what a front end asks about code that is being typed. The protocol counts in characters of Unicode, Java in
 * UTF-16 units; offsets are turned here, in both directions.
 */
final class LanguageQuestions {

    private final Publisher publisher;
    private final CompletableFuture<Interpreter> interpreter;

    LanguageQuestions(Publisher publisher, CompletableFuture<Interpreter> interpreter) {
        this.publisher = publisher;
        this.interpreter = interpreter;
    }

    void complete(Message request) {
        String code = request.content().path("code").asText("");
        Interpreter.Completions found = interpreter.join().complete(code, cursor(request, code));
        int start = characters(code, found.start());
        int end = characters(code, found.end());
        ObjectNode reply =
                Json.object().put("status", "ok").put("cursor_start", start).put("cursor_end", end);
        ArrayNode matches = reply.putArray("matches");
        ArrayNode types = reply.putObject("metadata").putArray("_jupyter_types_experimental");
        List<String> texts = found.matches();
        for (int i = 0; i < texts.size(); i++) {
            matches.add(texts.get(i));
            types.addObject()
                    .put("start", start)
                    .put("end", end)
                    .put("text", texts.get(i))
                    .put("type", i < found.types().size() ? found.types().get(i) : "");
        }
        publisher.reply(request, reply);
    }

    void inspect(Message request) {
        String code = request.content().path("code").asText("");
        int detail = request.content().path("detail_level").asInt(0);
        Map<String, String> found = interpreter.join().inspect(code, cursor(request, code), detail);
        ObjectNode reply = Json.object().put("status", "ok").put("found", !found.isEmpty());
        reply.set("data", WireSink.data(found));
        reply.set("metadata", Json.object());
        publisher.reply(request, reply);
    }

    void isComplete(Message request) {
        Interpreter.Completeness answer =
                interpreter.join().isComplete(request.content().path("code").asText(""));
        ObjectNode reply = Json.object().put("status", answer.status());
        if (answer.status().equals("incomplete")) {
            reply.put("indent", answer.indent());
        }
        publisher.reply(request, reply);
    }

    /** The cursor as a UTF-16 offset; at the end if the request names none, inside the code whatever it names. */
    private static int cursor(Message request, String code) {
        int characters = code.codePointCount(0, code.length());
        int cursor = request.content().path("cursor_pos").asInt(characters);
        return code.offsetByCodePoints(0, Math.max(0, Math.min(cursor, characters)));
    }

    private static int characters(String code, int offset) {
        return code.codePointCount(0, Math.max(0, Math.min(offset, code.length())));
    }
}
