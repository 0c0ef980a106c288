package org.tailrace.data.text;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;

/** The fields of an object, into one vector each; also the columns of a whole record. */
public final class JsonFields {
    private final Schema fields;
    private final JsonCell[] cells;
    private final String[] names;
    private final Map<String, Integer> ordinals = new HashMap<>();

    public JsonFields(Schema fields, TextRules rules) {
        this.fields = fields;
        cells = new JsonCell[fields.size()];
        names = new String[fields.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = JsonCell.of(fields.type(i), rules);
            names[i] = fields.name(i);
            ordinals.putIfAbsent(names[i], i);
        }
    }

    /** Appends one value to each vector, all of which hold {@code size} values; the parser is at the object's start. */
    public void append(JsonParser json, Vector[] into, int size) throws IOException, JsonCell.Mismatch {
        int guess = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            int ordinal = guess < names.length && names[guess].equals(name) ? guess : ordinals.getOrDefault(name, -1);
            if (ordinal < 0) {
                json.skipChildren();
                continue;
            }
            guess = ordinal + 1;
            if (into[ordinal].size > size) {
                throw new JsonCell.Mismatch("the key '" + name + "' occurs twice");
            }
            try {
                cells[ordinal].append(json, into[ordinal]);
            } catch (JsonCell.Mismatch e) {
                throw new JsonCell.Mismatch("field '" + fields.name(ordinal) + "': " + e.getMessage());
            }
        }
        for (Vector vector : into) {
            if (vector.size == size) {
                vector.appendValue(null);
            }
        }
    }
}
