package org.tailrace.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;
import org.tailrace.spi.Offset;

/** An offset that is a few whole numbers: {@code [17]}. */
record Numbers(List<Long> values) implements Offset {
    private static final JsonFactory JSON = new JsonFactory();

    Numbers {
        values = List.copyOf(values);
    }

    static Numbers of(long... values) {
        var list = new ArrayList<Long>(values.length);
        for (long value : values) {
            list.add(value);
        }
        return new Numbers(list);
    }

    /** The first number of an offset, 0 before the first. */
    static long first(@Nullable Offset offset) {
        return offset == null ? 0 : ((Numbers) offset).get(0);
    }

    long get(int index) {
        return values.get(index);
    }

    @Override
    public String json() {
        return values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    /** @throws CheckpointException TR-441 unless the text is a list of {@code count} whole numbers */
    static Numbers parse(String source, String json, int count) {
        var values = new ArrayList<Long>();
        try (var parser = JSON.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                    values.add(parser.getLongValue());
                }
                if (parser.currentToken() == JsonToken.END_ARRAY && values.size() == count) {
                    return new Numbers(values);
                }
            }
        } catch (IOException e) {
            throw unreadable(source, json, e);
        }
        throw unreadable(source, json, null);
    }

    static CheckpointException unreadable(String source, String json, @Nullable Throwable cause) {
        return new CheckpointException(
                Problem.of("TR-441", "the checkpoint's offset of " + source + " cannot be read")
                        .have(json.length() > 200 ? json.substring(0, 200) + "..." : json),
                cause);
    }
}
