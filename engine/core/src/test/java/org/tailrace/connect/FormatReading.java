package org.tailrace.connect;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Row;
import org.tailrace.data.text.DdlParser;

/** Reads bytes by a format, a few rows at a time. */
final class FormatReading {
    final List<List<@Nullable Object>> rows = new ArrayList<>();
    final List<String> bad = new ArrayList<>();
    final List<String> raw = new ArrayList<>();

    static FormatReading of(String format, String schema, String text, String... options) {
        return of(format, schema, text.getBytes(StandardCharsets.UTF_8), 3, options);
    }

    static FormatReading of(String format, String schema, byte[] bytes, int atOnce, String... options) {
        var given = new java.util.TreeMap<String, String>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i].toLowerCase(java.util.Locale.ROOT), options[i + 1]);
        }
        return of(format, schema, bytes, atOnce, given);
    }

    private static FormatReading of(String name, String ddl, byte[] bytes, int atOnce, Map<String, String> options) {
        var format = FileProvider.format(name);
        var schema = format.check(options, DdlParser.schema(ddl));
        var result = new FormatReading();
        try (var reader = format.reader(
                new ByteArrayInputStream(bytes), "f." + name, options, schema, (position, text, reason) -> {
                    result.bad.add(position + ": " + reason);
                    result.raw.add(text);
                })) {
            var builder = new BatchBuilder(schema);
            boolean more = true;
            while (more) {
                more = reader.read(builder, atOnce);
                builder.build().rows().stream().map(Row::values).forEach(result.rows::add);
            }
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        return result;
    }
}
