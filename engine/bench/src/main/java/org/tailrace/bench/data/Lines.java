package org.tailrace.bench.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Lines of ten words out of ten thousand, the k-th most frequent 1/k times as frequent as the first; plain UTF-8. */
public final class Lines {
    public final int count;
    public final byte[] bytes;
    public final int[] offsets;

    Lines(int count) {
        this.count = count;
        var random = new SplittableRandom(44);
        byte[][] words = new byte[10_000][];
        Arrays.setAll(words, i -> Texts.letters(random, 3 + random.nextInt(7)).getBytes(StandardCharsets.US_ASCII));
        double[] upTo = new double[words.length];
        double sum = 0;
        for (int i = 0; i < words.length; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        byte[] all = new byte[count * 100];
        offsets = new int[count + 1];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int w = 0; w < 10; w++) {
                int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
                byte[] word = words[Math.min(found < 0 ? -found - 1 : found, words.length - 1)];
                if (w > 0) {
                    all[at++] = ' ';
                }
                System.arraycopy(word, 0, all, at, word.length);
                at += word.length;
            }
            offsets[i + 1] = at;
        }
        bytes = Arrays.copyOf(all, at);
    }
}
