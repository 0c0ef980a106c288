package org.tailrace.kernel.spi;

import java.util.List;
import java.util.Optional;

/** Completes and explains what stands inside a string literal of a cell, where JShell offers nothing. */
public interface CompletionSource {

    /**
     * A string literal with the cursor in it.
     *
     * @param receiver the expression before the dot of the call that the literal is an argument of; may be empty
     * @param method the name of that call
     * @param argument position of the literal among the arguments, from 0
     * @param text the literal's own text, unescaped
     * @param cursor offset into {@code text}
     */
    record StringPosition(String receiver, String method, int argument, String text, int cursor) {}

    /** Proposals with offsets into the literal's text. */
    List<Completion> complete(StringPosition position);

    default Optional<String> inspect(StringPosition position) {
        return Optional.empty();
    }
}
