package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.Field;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;

/**
 * A resolved plan while it is built, and what its columns are called at this place of the query: an alias renames
 * columns and costs no node.
 */
record Relation(ResolvedPlan plan, List<Attribute> columns) implements Scope {
    Relation {
        columns = List.copyOf(columns);
    }

    static Relation of(ResolvedPlan plan) {
        return new Relation(plan, plan.output());
    }

    /** The same columns above another node that passes them on. */
    Relation over(ResolvedPlan node) {
        return new Relation(node, columns);
    }

    /** These columns alone, above a node that has others after them. */
    Relation alone(ResolvedPlan node) {
        return Relation.of(new ResolvedPlan.Project(node, inputs(), columns));
    }

    Relation qualified(String name) {
        return new Relation(
                plan, columns.stream().map(a -> qualified(a, List.of(name))).toList());
    }

    static Attribute qualified(Attribute a, List<String> qualifier) {
        return new Attribute(a.name(), a.type(), a.nullable(), qualifier, a.delayMs());
    }

    static Attribute nullable(Attribute a) {
        return new Attribute(a.name(), a.type(), true, a.qualifier(), a.delayMs());
    }

    static Attribute column(String name, Typed expression, OptionalLong delayMs) {
        return new Attribute(name, expression.type(), expression.nullable(), List.of(), delayMs);
    }

    Typed.Input input(int ordinal) {
        Attribute column = columns.get(ordinal);
        return new Typed.Input(ordinal, column.type(), column.nullable());
    }

    List<Typed> inputs() {
        var inputs = new ArrayList<Typed>();
        for (int i = 0; i < columns.size(); i++) {
            inputs.add(input(i));
        }
        return inputs;
    }

    /** A plan whose own output has these columns' names and marks. */
    ResolvedPlan finished() {
        List<Attribute> own = plan.output();
        for (int i = 0; i < columns.size(); i++) {
            Attribute mine = columns.get(i);
            boolean same = own.get(i).name().equals(mine.name())
                    && own.get(i).delayMs().equals(mine.delayMs());
            if (!same) {
                return new ResolvedPlan.Project(plan, inputs(), columns);
            }
        }
        return plan;
    }

    @Override
    public List<Column> find(List<String> parts) {
        var found = new ArrayList<Column>();
        if (parts.size() > 1) {
            for (int i = 0; i < columns.size(); i++) {
                Attribute column = columns.get(i);
                boolean qualified = column.qualifier().stream().anyMatch(q -> q.equalsIgnoreCase(parts.get(0)));
                if (qualified && column.name().equalsIgnoreCase(parts.get(1))) {
                    found.add(found(i, 2));
                }
            }
        }
        for (int i = 0; found.isEmpty() && i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(parts.get(0))) {
                for (int j = i; j < columns.size(); j++) {
                    if (columns.get(j).name().equalsIgnoreCase(parts.get(0))) {
                        found.add(found(j, 1));
                    }
                }
            }
        }
        return found;
    }

    private Column found(int ordinal, int consumed) {
        Attribute column = columns.get(ordinal);
        String label = column.qualifier().isEmpty()
                ? column.name()
                : column.qualifier().get(0) + "." + column.name();
        return new Column(ordinal, column.type(), column.nullable(), consumed, label);
    }

    @Override
    public List<Field> fields() {
        return columns.stream()
                .map(a -> new Field(a.name(), a.type(), a.nullable()))
                .toList();
    }
}
