package org.tailrace.testkit.random;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A row of random queries with their tables and rows, as recordings without results. The same seed and number give the same
 * query, whatever was drawn before.
 */
public final class RandomQueries {
    /** Of so many queries the last is of bounded tables, and the others are streams and projections in turn. */
    private static final int CYCLE = 20;

    private final long seed;
    private final Draws draws = new Draws();
    private final Projections projections;
    private final BoundedQueries bounded = new BoundedQueries(draws);
    private final Streams streams = new Streams(draws);

    public RandomQueries(long seed) {
        this.seed = seed;
        projections = new Projections(draws, seed);
    }

    /** What kind of query, or any of them in turn. */
    public enum Kind {
        ALL,
        STREAMS,
        PROJECTIONS,
        BOUNDED
    }

    /**
     * One query.
     *
     * @param kind for people
     * @param smaller the same with fewer expressions and rows, smallest first, to narrow down where two systems differ
     */
    public record Drawn(String kind, ObjectNode scenario, boolean noDataBatches, List<ObjectNode> smaller) {}

    /** The query of that number. */
    public Drawn query(int number, Kind kind) {
        draws.seed(seed * 1_000_003 + number);
        Kind chosen = kind;
        int turn = number;
        if (kind == Kind.ALL) {
            int place = number % CYCLE;
            chosen = place == CYCLE - 1 ? Kind.BOUNDED : place % 2 == 0 ? Kind.STREAMS : Kind.PROJECTIONS;
            turn = number / CYCLE * (CYCLE / 2 - 1) + place / 2;
        }
        switch (chosen) {
            case STREAMS:
                ObjectNode scenario = streams.next();
                boolean off = draws.chance(0.3);
                draws.count(off ? "no-data batches off" : "no-data batches on");
                return new Drawn("stream", scenario, !off, List.of());
            case BOUNDED:
                return new Drawn("bounded", bounded.next(), true, List.of());
            default:
                Projections.Query query = projections.next(turn);
                return new Drawn("projection", query.scenario(), true, query.smaller());
        }
    }

    /** How often each construct was drawn so far; functions as {@code function NAME}. */
    public Map<String, Integer> counts() {
        return draws.counts();
    }

    /** The registered example of every function, as a query. */
    public static List<ObjectNode> examples() {
        return Examples.all();
    }
}
