package org.tailrace.expr;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;

/** What the names in an expression mean: the columns of its input, case ignored as Spark does. */
public interface Scope {

    /**
     * Every column that a reference can mean: none if there is no such column, more than one if it is ambiguous.
     *
     * @param parts of a {@link Expr.Ref}: a name, or qualifiers and a name, or either followed by fields of a struct
     */
    List<Column> find(List<String> parts);

    /** All that can be named, for error texts and suggestions. */
    List<Field> fields();

    /**
     * @param consumed how many parts of the reference name the column; the others are fields inside it
     * @param label the column for an error text, such as {@code o.id}
     */
    record Column(int ordinal, DataType type, boolean nullable, int consumed, String label) {}

    /** The columns of a schema, without qualifiers. */
    static Scope of(Schema schema) {
        return new Scope() {
            @Override
            public List<Column> find(List<String> parts) {
                var found = new ArrayList<Column>();
                for (int i = 0; i < schema.size(); i++) {
                    Field field = schema.field(i);
                    if (field.name().equalsIgnoreCase(parts.get(0))) {
                        found.add(new Column(i, field.type(), field.nullable(), 1, field.name()));
                    }
                }
                return found;
            }

            @Override
            public List<Field> fields() {
                return schema.fields();
            }
        };
    }
}
