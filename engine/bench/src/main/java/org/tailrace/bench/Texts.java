package org.tailrace.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.tailrace.data.Dictionary;

/** Distinct texts, by code. */
final class Texts {
    final String[] values;
    final Dictionary dictionary;

    Texts(String... values) {
        this.values = values;
        var bytes = new ByteArrayOutputStream();
        int[] offsets = new int[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            bytes.writeBytes(values[i].getBytes(StandardCharsets.UTF_8));
            offsets[i + 1] = bytes.size();
        }
        dictionary = new Dictionary(bytes.toByteArray(), offsets);
    }
}
