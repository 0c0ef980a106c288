package org.tailrace.data;

import java.util.List;
import java.util.stream.Collectors;

/** Ordered fields. Names may repeat, as in the output of a join. */
public record Schema(List<Field> fields) {
    public Schema {
        fields = List.copyOf(fields);
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public int size() {
        return fields.size();
    }

    public Field field(int index) {
        return fields.get(index);
    }

    public DataType type(int index) {
        return fields.get(index).type();
    }

    public String name(int index) {
        return fields.get(index).name();
    }

    /** Position of the first field of that name, case ignored as Spark does, or −1. */
    public int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** {@code symbol string, price double}: parses back with {@code data.text.DdlParser}. */
    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(", "));
    }
}
