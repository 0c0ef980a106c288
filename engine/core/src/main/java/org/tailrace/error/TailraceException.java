package org.tailrace.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error with a code, which says what is wrong, where, why, what there is, and how to fix it.
 *
 * <pre>
 * TR-101 no column 'prise'
 *   in    where("prise &gt; 100")
 *                ^^^^^
 *   have  symbol string, price double
 *   fix   did you mean 'price'?
 * </pre>
 */
public abstract sealed class TailraceException extends RuntimeException
        permits PlanException,
                SourceException,
                SinkException,
                DataException,
                CheckpointException,
                UserCodeException,
                StateException,
                InternalException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    TailraceException(Problem problem, @Nullable Throwable cause) {
        super(problem.text(), cause);
        this.problem = problem;
    }

    public String code() {
        return problem.code();
    }

    public Problem problem() {
        return problem;
    }

    public Optional<Place> place() {
        return problem.place();
    }
}
