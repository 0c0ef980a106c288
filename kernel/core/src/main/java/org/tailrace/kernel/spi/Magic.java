package org.tailrace.kernel.spi;

import java.util.List;
import java.util.Optional;

/** A command of the notebook, written {@code %name arguments} on a line or {@code %%name arguments} above a cell's text. */
public interface Magic {

    enum Kind {
        LINE,
        CELL,
        BOTH
    }

    /** The name without per cent signs. */
    String name();

    Kind kind();

    /** One line for {@code %help}, such as {@code %step q1 [n]}. */
    String usage();

    /** One sentence. */
    String summary();

    /** What may stand at {@code cursor}, an offset into the call's whole text (arguments, then body). */
    default List<Completion> complete(MagicCall call, int cursor) {
        return List.of();
    }

    /** Documentation of what stands at {@code cursor}. */
    default Optional<String> inspect(MagicCall call, int cursor) {
        return Optional.empty();
    }

    /**
     * Runs the magic on the cell's thread.
     *
     * @return a value that is rendered as the cell's result, or empty
     */
    Optional<Object> run(MagicCall call, Cell cell) throws Exception;
}
