package org.tailrace.expr;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;

/** A function from one row to one value, evaluated a vector at a time. */
public interface ScalarFunction extends Function {

    /**
     * Evaluates {@code count} rows. The kernel calls {@code result.prepare(count)} and writes values and NULLs. It keeps
     * scratch space in itself and is used by one thread.
     */
    interface Kernel {
        void evaluate(Vector[] arguments, int count, Vector result);
    }

    /** A kernel for arguments of exactly these types; picks one small class per type, so that its loop stays monomorphic. */
    Kernel bind(List<Typed> arguments, DataType result, EvalContext context);

    /** Whether evaluation can throw on some values, so that a short-circuiting caller must not evaluate needless rows. */
    default boolean canFail() {
        return false;
    }

    /** As {@link #canFail()}, where it depends on types or the mode. */
    default boolean canFail(List<Typed> arguments, DataType result, EvalContext context) {
        return canFail();
    }

    /** Whether the value is NULL if any argument is. */
    default boolean nullIfAnyIsNull() {
        return false;
    }

    /** Whether Spark looks at the second of two arguments first, as it does at divisors. */
    default boolean secondFirst() {
        return false;
    }

    /** False for functions whose value differs between calls with equal arguments. */
    default boolean deterministic() {
        return true;
    }
}
