package org.tailrace;

import java.util.ArrayList;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.Attribute;

/** Columns of the two sides of a join that no name tells apart. */
final class Clashes {
    private Clashes() {}

    /** @throws PlanException TR-108 if there are any */
    static void check(String verb, StreamTable left, StreamTable right) {
        var clashes = new ArrayList<String>();
        for (Attribute a : left.resolved().output()) {
            for (Attribute b : right.resolved().output()) {
                if (a.name().equalsIgnoreCase(b.name()) && a.qualifier().equals(b.qualifier())) {
                    clashes.add(a.name());
                }
            }
        }
        if (!clashes.isEmpty()) {
            throw new PlanException(
                    Problem.of("TR-108", "both sides of " + verb + " have " + String.join(", ", clashes))
                            .have("left " + left.schema() + "\nright " + right.schema())
                            .fix("name the sides: a.as(\"a\")." + verb + "(b.as(\"b\"), \"a." + clashes.get(0) + " = b."
                                    + clashes.get(0) + "\")"));
        }
    }
}
