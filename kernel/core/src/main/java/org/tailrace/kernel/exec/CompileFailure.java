package org.tailrace.kernel.exec;

import java.util.List;

/** A piece of a cell was not Java, or not legal Java. */
final class CompileFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    CompileFailure(List<Problem> problems) {
        super(problems.get(0).message().lines().findFirst().orElse(""), null, false, false);
        this.problems = List.copyOf(problems);
    }

    List<Problem> problems() {
        return problems;
    }
}
