package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.expr.Function;

/** A function's names and documentation. */
abstract class Described implements Function {
    private final List<String> names;
    private final String signature;
    private final String doc;
    private final String example;

    /** @param names separated by blanks, the first as Spark calls it */
    Described(String names, String signature, String doc, String example) {
        this(List.of(names.split(" ")), signature, doc, example);
    }

    Described(List<String> names, String signature, String doc, String example) {
        this.names = names;
        this.signature = signature;
        this.doc = doc;
        this.example = example;
    }

    @Override
    public final List<String> names() {
        return names;
    }

    @Override
    public final String signature() {
        return signature;
    }

    @Override
    public final String doc() {
        return doc;
    }

    @Override
    public final String example() {
        return example;
    }

    @Override
    public final String toString() {
        return name();
    }
}
