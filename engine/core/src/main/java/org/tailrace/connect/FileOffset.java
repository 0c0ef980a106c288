package org.tailrace.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.tailrace.spi.Offset;

/**
 * A position in a directory: how many ranges have been planned, and the files of the last one, so that the write-ahead log
 * itself says what to read again: {@code [3,["in/a.json",1700000000000,120]]}.
 */
record FileOffset(long batch, List<SeenFile> files) implements Offset {
    private static final JsonFactory JSON = new JsonFactory();

    FileOffset {
        files = List.copyOf(files);
    }

    @Override
    public String json() {
        var out = new StringWriter();
        try (var json = JSON.createGenerator(out)) {
            json.writeStartArray();
            json.writeNumber(batch);
            for (SeenFile file : files) {
                json.writeStartArray();
                json.writeString(file.path());
                json.writeNumber(file.modifiedMs());
                json.writeNumber(file.size());
                json.writeEndArray();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** @throws org.tailrace.error.CheckpointException TR-441 if the text is no such offset */
    static FileOffset parse(String source, String text) {
        try (var json = JSON.createParser(text)) {
            json.nextToken();
            if (json.currentToken() == JsonToken.START_ARRAY && json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                long batch = json.getLongValue();
                var files = new ArrayList<SeenFile>();
                while (json.nextToken() == JsonToken.START_ARRAY) {
                    String path = json.nextTextValue();
                    files.add(new SeenFile(batch, path, json.nextLongValue(-1), json.nextLongValue(-1)));
                    if (path == null || json.nextToken() != JsonToken.END_ARRAY) {
                        throw Numbers.unreadable(source, text, null);
                    }
                }
                if (json.currentToken() == JsonToken.END_ARRAY) {
                    return new FileOffset(batch, files);
                }
            }
        } catch (IOException e) {
            throw Numbers.unreadable(source, text, e);
        }
        throw Numbers.unreadable(source, text, null);
    }
}
