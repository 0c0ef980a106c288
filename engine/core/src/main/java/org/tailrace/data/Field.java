package org.tailrace.data;

/** A named, typed column of a schema. */
public record Field(String name, DataType type, boolean nullable) {

    public Field(String name, DataType type) {
        this(name, type, true);
    }

    /** The name as SQL text wants it: in back quotes unless it is a plain identifier. */
    public static String quoted(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }

    @Override
    public String toString() {
        return quoted(name) + " " + type.ddl();
    }
}
