package org.tailrace.bench.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Distinct texts, by code: as strings, and as UTF-8 one behind the other. */
public final class Texts {
    public final String[] values;
    public final byte[] bytes;
    /** Text {@code i} lies from {@code offsets[i]} to {@code offsets[i + 1]}. */
    public final int[] offsets;

    public Texts(String... values) {
        this.values = values;
        var all = new ByteArrayOutputStream();
        offsets = new int[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            all.writeBytes(values[i].getBytes(StandardCharsets.UTF_8));
            offsets[i + 1] = all.size();
        }
        bytes = all.toByteArray();
    }

    static Texts random(SplittableRandom random, int count, int shortest, int longest) {
        String[] texts = new String[count];
        Arrays.setAll(texts, i -> letters(random, shortest + random.nextInt(longest - shortest + 1)));
        return new Texts(texts);
    }

    static String letters(SplittableRandom random, int length) {
        byte[] letters = new byte[length];
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) ('a' + random.nextInt(26));
        }
        return new String(letters, StandardCharsets.US_ASCII);
    }
}
