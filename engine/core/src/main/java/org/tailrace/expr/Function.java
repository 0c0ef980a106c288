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

        private final int argument;
        private final boolean wrongNumber;

        /** @param what a clause such as {@code needs a timestamp, not string} */
        public TypeMismatch(String what) {
            this(what, -1, false);
        }

        /** @param argument the number, from 0, of the argument that is to blame */
        public TypeMismatch(String what, int argument) {
            this(what, argument, false);
        }

        private TypeMismatch(String what, int argument, boolean wrongNumber) {
            super(what, null, false, false);
            this.argument = argument;
            this.wrongNumber = wrongNumber;
        }

        /** @param wanted such as {@code 2 or 3 arguments} */
        public static TypeMismatch wrongNumber(String wanted, int found) {
            return new TypeMismatch("takes " + wanted + ", not " + found, -1, true);
        }

        /** Which argument is to blame, or −1. */
        public int argument() {
            return argument;
        }

        public boolean isWrongNumber() {
            return wrongNumber;
        }
    }
}
