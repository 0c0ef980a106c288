package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What is left to do for chunks that have been run and must be done in their order, but may be done while later chunks are
 * run: in lanes that have nothing to do with each other.
 */
final class Tails {

    @FunctionalInterface
    interface Tail {
        void run() throws Exception;
    }

    private final List<List<Tail>> lanes = new ArrayList<>();

    /** Adds to a lane, after what is there. */
    void add(int lane, Tail tail) {
        while (lanes.size() <= lane) {
            lanes.add(new ArrayList<>());
        }
        lanes.get(lane).add(tail);
    }

    /** Takes all out, a piece for each lane. */
    List<Callable<Boolean>> take() {
        List<Callable<Boolean>> pieces = new ArrayList<>();
        for (List<Tail> lane : lanes) {
            pieces.add(() -> {
                for (Tail tail : lane) {
                    tail.run();
                }
                return true;
            });
        }
        lanes.clear();
        return pieces;
    }
}
