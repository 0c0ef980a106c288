package org.tailrace.kernel.exec;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * What JShell made of one piece of Java.
 *
 * @param changes every snippet that is new or was compiled again
 * @param steps the methods to run now, in order
 */
record Compiled(List<Change> changes, List<Step> steps) {

    /**
     * @param dependent compiled again because of another snippet's change
     * @param className the wrapper that holds it now
     */
    record Change(Snippet snippet, Snippet.Status status, boolean dependent, String className) {}

    /** How the variables begin that hold what an expression comes to, for as long as the cell runs. */
    static final String VALUE = "value$";

    /** @param known whether JShell keeps the snippet until it is told to drop it */
    record Step(Snippet snippet, Method method, boolean known) {

        /** Whether what the method returns is the value of the piece, as opposed to that of an assignment. */
        boolean hasResult() {
            return isTemporary(snippet)
                    || switch (snippet.subKind()) {
                        case OTHER_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND -> true;
                        default -> false;
                    };
        }

        /** Whether nothing that comes later can name it. */
        boolean declaresNothing() {
            return isTemporary(snippet) || !(snippet instanceof PersistentSnippet);
        }

        Optional<String> assignedName() {
            if (isTemporary(snippet)) {
                return Optional.empty();
            }
            if (snippet instanceof VarSnippet variable) {
                return Optional.of(variable.name());
            }
            return snippet.subKind() == Snippet.SubKind.ASSIGNMENT_SUBKIND
                    ? Optional.of(((ExpressionSnippet) snippet).name())
                    : Optional.empty();
        }
    }

    static boolean isTemporary(Snippet snippet) {
        return snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || snippet instanceof VarSnippet variable && variable.name().startsWith(VALUE);
    }
}
