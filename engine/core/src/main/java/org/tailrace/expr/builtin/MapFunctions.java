package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.MapVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;
import org.tailrace.expr.Ordering;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** Functions of maps that take no lambda. A key stands once, and never is NULL. */
final class MapFunctions {
    private MapFunctions() {}

    static List<Function> all() {
        var all = new ArrayList<Function>();
        all.add(new MakeMap());
        all.add(Strict.of(
                "map_keys",
                "map_keys(m map<K,V>) -> array<K!>",
                "The keys.",
                "map_keys(map(1, 'a', 2, 'b'))",
                ArrayFunctions.filling((v, i, out) -> {
                    var map = (MapVector) v[0];
                    for (int k = map.start(i); k < map.end(i); k++) {
                        out.append(map.keys, k);
                    }
                })));
        all.add(Strict.of(
                "map_values",
                "map_values(m map<K,V>) -> array<V>",
                "The values.",
                "map_values(map(1, 'a', 2, 'b'))",
                ArrayFunctions.filling((v, i, out) -> {
                    var map = (MapVector) v[0];
                    for (int k = map.start(i); k < map.end(i); k++) {
                        out.append(map.values, k);
                    }
                })));
        all.add(Strict.of(
                "map_contains_key",
                "map_contains_key(m map<K,V>, key K) -> boolean?",
                "Whether there is such a key.",
                "map_contains_key(map(1, 'a', 2, 'b'), 1)",
                (v, i, out) -> {
                    var map = (MapVector) v[0];
                    boolean found = false;
                    for (int k = map.start(i); k < map.end(i) && !found; k++) {
                        found = Ordering.compare(map.keys, k, v[1], i) == 0;
                    }
                    Cell.put(out, i, found);
                }));
        all.add(Strict.failing(
                "map_concat",
                "map_concat(m map<K,V>...) -> map<K,V>",
                "The entries of all maps.",
                "map_concat(map(1, 'a', 2, 'b'), map(3, 'c'))",
                (a, r, c) -> (v, i, out) -> {
                    var writer = new Writer((MapVector) out);
                    for (Vector part : v) {
                        var map = (MapVector) part;
                        for (int k = map.start(i); k < map.end(i); k++) {
                            writer.add(map.keys, k, map.values, k);
                        }
                    }
                    writer.end(i);
                }));
        all.add(Strict.failing(
                "map_from_arrays",
                "map_from_arrays(keys array<K>, values array<V>) -> map<K,V>",
                "The map of two arrays of equal length.",
                "map_from_arrays(array(1, 3), array('2', '4'))",
                (a, r, c) -> (v, i, out) -> {
                    var keys = (ArrayVector) v[0];
                    var values = (ArrayVector) v[1];
                    int size = keys.end(i) - keys.start(i);
                    if (size != values.end(i) - values.start(i)) {
                        throw Errors.argument("a map needs as many values as keys", "");
                    }
                    var writer = new Writer((MapVector) out);
                    for (int k = 0; k < size; k++) {
                        writer.add(keys.elements, keys.start(i) + k, values.elements, values.start(i) + k);
                    }
                    writer.end(i);
                }));
        all.add(new Entries());
        all.add(new FromEntries());
        all.add(Strict.failing(
                        "str_to_map",
                        "str_to_map(text string[, pairs string[, values string]]) -> map<string,string>",
                        "The map in a text such as a:1,b:2.",
                        "str_to_map('a:1,b:2,c:3', ',', ':')",
                        (a, r, c) -> {
                            var patterns = new PatternFunctions.Compiled();
                            return (v, i, out) -> {
                                String pairs = v.length > 1 ? Cell.text(v[1], i) : ",";
                                String inner = v.length > 2 ? Cell.text(v[2], i) : ":";
                                Map<String, @Nullable String> map = new LinkedHashMap<>();
                                for (String pair : patterns.of(pairs).split(Cell.text(v[0], i), -1)) {
                                    String[] parts = patterns.of(inner).split(pair, 2);
                                    if (map.containsKey(parts[0])) {
                                        throw Errors.mapKey("the key '" + parts[0] + "' stands twice");
                                    }
                                    map.put(parts[0], parts.length > 1 ? parts[1] : null);
                                }
                                var target = (MapVector) out;
                                int start = target.keys.size;
                                map.forEach((key, value) -> {
                                    target.keys.appendValue(key);
                                    target.values.appendValue(value);
                                });
                                target.set(i, start, target.keys.size);
                            };
                        })
                .asWritten(0));
        return all;
    }

    /** Writes the entries of one row, and looks that no key is NULL or stands twice. */
    static final class Writer {
        private final MapVector out;
        private final int start;

        Writer(MapVector out) {
            this.out = out;
            start = out.keys.size;
        }

        void add(Vector keys, int key, Vector values, int value) {
            if (keys.isNull(key)) {
                throw Errors.mapKey("a key of a map is NULL");
            }
            for (int k = start; k < out.keys.size; k++) {
                if (Ordering.compare(out.keys, k, keys, key) == 0) {
                    throw Errors.mapKey("the key " + keys.get(key) + " stands twice");
                }
            }
            out.keys.append(keys, key);
            out.values.append(values, value);
        }

        void end(int row) {
            out.set(row, start, out.keys.size);
        }
    }

    /** {@code map(key, value, ..)}. */
    private static final class MakeMap extends Described implements ScalarFunction {
        MakeMap() {
            super("map", "map(key, value, ..)", "The map of keys and values.", "map(1.0, '2', 3.0, '4')");
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            if (arguments.size() % 2 != 0) {
                throw TypeMismatch.wrongNumber("keys and values in turn", arguments.size());
            }
            var keys = new ArrayList<Typed>();
            var values = new ArrayList<Typed>();
            for (int i = 0; i < arguments.size(); i += 2) {
                keys.add(arguments.get(i));
                values.add(arguments.get(i + 1));
            }
            DataType key = keys.isEmpty() ? DataType.VOID : Coalesce.commonType(keys, 0, context);
            DataType value = keys.isEmpty() ? DataType.VOID : Coalesce.commonType(values, 0, context);
            var parameters = new ArrayList<DataType>();
            keys.forEach(k -> parameters.addAll(List.of(key, value)));
            return new Signature(
                    parameters, new DataType.Map(key, value, values.stream().anyMatch(Typed::nullable)), false);
        }

        @Override
        public boolean canFail() {
            return true;
        }

        @Override
        public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
            return (vectors, count, out) -> {
                out.prepare(count);
                for (int row = 0; row < count; row++) {
                    var writer = new Writer((MapVector) out);
                    for (int i = 0; i < vectors.length; i += 2) {
                        writer.add(vectors[i], row, vectors[i + 1], row);
                    }
                    writer.end(row);
                }
            };
        }
    }

    private static DataType entry(DataType.Map map) {
        return new DataType.Struct(Schema.of(
                new Field("key", map.key(), false), new Field("value", map.value(), map.valueContainsNull())));
    }

    /** {@code map_entries(m)}. */
    private static final class Entries extends Described implements ScalarFunction {
        Entries() {
            super(
                    "map_entries",
                    "map_entries(m)",
                    "The entries as structs of key and value.",
                    "map_entries(map(1, 'a'))");
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            if (arguments.size() != 1) {
                throw TypeMismatch.wrongNumber("1 argument", arguments.size());
            }
            if (!(arguments.get(0).type() instanceof DataType.Map map)) {
                throw new TypeMismatch("needs a map, not " + arguments.get(0).type(), 0);
            }
            return new Signature(
                    List.of(map),
                    new DataType.Array(entry(map), false),
                    arguments.get(0).nullable());
        }

        @Override
        public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
            return Strict.kernel(ArrayFunctions.filling((v, i, elements) -> {
                var map = (MapVector) v[0];
                var entries = (StructVector) elements;
                for (int k = map.start(i); k < map.end(i); k++) {
                    entries.children[0].append(map.keys, k);
                    entries.children[1].append(map.values, k);
                    entries.appendRow(true);
                }
            }));
        }
    }

    /** {@code map_from_entries(xs)}: of structs of two fields. */
    private static final class FromEntries extends Described implements ScalarFunction {
        FromEntries() {
            super(
                    "map_from_entries",
                    "map_from_entries(xs)",
                    "The map of structs of key and value; NULL if one is NULL.",
                    "map_from_entries(array(struct(1, 'a'), struct(2, 'b')))");
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            if (arguments.size() != 1) {
                throw TypeMismatch.wrongNumber("1 argument", arguments.size());
            }
            if (!(arguments.get(0).type() instanceof DataType.Array array)
                    || !(array.element() instanceof DataType.Struct struct)
                    || struct.fields().size() != 2) {
                throw new TypeMismatch(
                        "needs an array of structs of two fields, not "
                                + arguments.get(0).type(),
                        0);
            }
            Schema fields = struct.fields();
            return new Signature(
                    List.of(array),
                    new DataType.Map(
                            fields.type(0), fields.type(1), fields.field(1).nullable()),
                    arguments.get(0).nullable() || array.containsNull());
        }

        @Override
        public boolean canFail() {
            return true;
        }

        @Override
        public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
            return Strict.kernel((v, i, out) -> {
                var xs = (ArrayVector) v[0];
                var entries = (StructVector) xs.elements;
                var writer = new Writer((MapVector) out);
                for (int k = xs.start(i); k < xs.end(i); k++) {
                    if (entries.isNull(k)) {
                        out.setNull(i);
                    } else {
                        writer.add(entries.children[0], k, entries.children[1], k);
                    }
                }
                writer.end(i);
            });
        }
    }
}
