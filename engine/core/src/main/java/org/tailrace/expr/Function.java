package org.tailrace.expr;

import java.util.List;
import org.tailrace.data.DataType;

/** What completion, help, the typer and the Spark translator know of every function, whatever its kind. */
public interface Function {

    /** Lower case; the first is the name in Spark, the others are synonyms there. */
    List<String> names();

    /** For people, such as {@code substring(text, position[, length])}. */
    String signature();

    /** One or two sentences. */
    String doc();

    /** An expression that runs, such as {@code substring('Spark', 2, 3)}. */
    String example();

    default String name() {
        return names().get(0);
    }

    /**
     * Types a call.
     *
     * @throws TypeMismatch if no form of the function takes these arguments
     */
    Signature resolve(List<Typed> arguments, EvalContext context);

    /**
     * @param parameters what each argument is to be cast to, implicitly
     * @param result the type of the call
     * @param nullable whether the result can be NULL
     */
    record Signature(List<DataType> parameters, DataType result, boolean nullable) {
        public Signature {
            parameters = List.copyOf(parameters);
        }
    }

    /** A call whose arguments do not fit; the typer adds place and code. */
    final class TypeMismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param what a clause such as {@code needs a timestamp, not string} */
        public TypeMismatch(String what) {
            super(what, null, false, false);
        }
    }
}
