package org.tailrace.testkit.random;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The dice of one query, and how often each construct was drawn over all queries. */
final class Draws {
    private final Map<String, Integer> counts = new TreeMap<>();
    private Random random = new Random(0);

    void seed(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 77);
        random.nextInt();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Draws the construct by a chance, and counts it if it fell so. */
    boolean drawn(String construct, double probability) {
        boolean hit = chance(probability);
        if (hit) {
            count(construct);
        }
        return hit;
    }

    void count(String construct) {
        counts.merge(construct, 1, Integer::sum);
    }

    Map<String, Integer> counts() {
        return counts;
    }
}
