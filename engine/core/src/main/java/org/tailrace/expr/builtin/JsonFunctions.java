package org.tailrace.expr.builtin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.IntVector;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.text.JsonText;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;
import org.tailrace.expr.GeneratorFunction;
import org.tailrace.expr.Typed;

/** JSON in text. */
final class JsonFunctions {
    private JsonFunctions() {}

    static List<Function> all() {
        var all = new ArrayList<Function>();
        all.add(Strict.bound(
                        "get_json_object",
                        "get_json_object(json string, path string) -> string?",
                        "What a path such as $.a.b[0] leads to, as text; NULL if nothing.",
                        "get_json_object('{\"a\":\"b\"}', '$.a')",
                        (a, r, c) -> {
                            Memo<Optional<JsonPath>> paths = new Memo<>(path -> Optional.ofNullable(JsonPath.of(path)));
                            return (v, i, out) -> put(
                                    out,
                                    i,
                                    paths.of(Cell.text(v[1], i))
                                            .map(path -> path.find(Cell.text(v[0], i)))
                                            .orElse(null));
                        })
                .asWritten(0));
        all.add(new FromText("from_json", true));
        all.add(new FromText("from_csv", false));
        all.add(Strict.bound(
                "to_json",
                "to_json(value any) -> string?",
                "The value as JSON; fields that are NULL are left out.",
                "to_json(named_struct('a', 1, 'b', NULL))",
                (a, r, c) -> {
                    var text = new JsonText(c.zone());
                    return (v, i, out) -> Cell.put(out, i, text.print(v[0], i));
                }));
        all.add(new ToCsv());
        all.add(Strict.of(
                        "json_array_length",
                        "json_array_length(json string) -> int?",
                        "How many elements the outermost array has; NULL of anything else.",
                        "json_array_length('[1,2,3,4]')",
                        (v, i, out) -> {
                            int length = length(Cell.text(v[0], i));
                            if (length < 0) {
                                out.setNull(i);
                            } else {
                                Cell.put(out, i, (long) length);
                            }
                        })
                .asWritten(0));
        all.add(Strict.of(
                        "json_object_keys",
                        "json_object_keys(json string) -> array<string>?",
                        "The keys of the outermost object; NULL of anything else.",
                        "json_object_keys('{\"f1\":\"abc\",\"f2\":{\"f3\":\"a\"}}')",
                        (v, i, out) -> {
                            List<String> keys = keys(Cell.text(v[0], i));
                            PatternFunctions.put((ArrayVector) out, i, keys == null ? List.of() : keys);
                            if (keys == null) {
                                out.setNull(i);
                            }
                        })
                .asWritten(0));
        all.add(new Tuple());
        return all;
    }

    private static void put(Vector out, int row, @Nullable String text) {
        if (text == null) {
            out.setNull(row);
        } else {
            Cell.put(out, row, text);
        }
    }

    private static int length(String text) {
        try (JsonParser json = JsonPath.JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return -1;
            }
            int length = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                json.skipChildren();
                length++;
            }
            return length;
        } catch (IOException e) {
            return -1;
        }
    }

    private static @Nullable List<String> keys(String text) {
        try (JsonParser json = JsonPath.JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            var keys = new ArrayList<String>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                keys.add(name);
                json.nextToken();
                json.skipChildren();
            }
            return keys;
        } catch (IOException e) {
            return null;
        }
    }

    /** {@code json_tuple(json, 'a', 'b', ..)}: one row of the fields, as text. */
    private static final class Tuple extends Described implements GeneratorFunction {
        Tuple() {
            super(
                    "json_tuple",
                    "json_tuple(json, field, ..)",
                    "One row with the given fields of an object, as text.",
                    "json_tuple('{\"a\":1, \"b\":2}', 'a', 'b')");
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            return new Signature(
                    arguments.stream().map(a -> DataType.STRING).toList(),
                    new DataType.Struct(outputs(arguments, context)),
                    true);
        }

        @Override
        public Schema outputs(List<Typed> arguments, EvalContext context) {
            if (arguments.size() < 2) {
                throw TypeMismatch.wrongNumber("a text and names of fields", arguments.size());
            }
            for (int i = 0; i < arguments.size(); i++) {
                if (arguments.get(i).type() != DataType.STRING) {
                    throw new TypeMismatch(
                            "needs string and nothing cast to it, not "
                                    + arguments.get(i).type(),
                            i);
                }
            }
            var fields = new ArrayList<Field>();
            for (int i = 1; i < arguments.size(); i++) {
                fields.add(new Field("c" + (i - 1), DataType.STRING));
            }
            return new Schema(fields);
        }

        @Override
        public void generate(Vector[] arguments, int count, boolean outer, IntVector parents, Vector[] outputs) {
            for (int row = 0; row < count; row++) {
                parents.append(row, true);
                for (int i = 0; i < outputs.length; i++) {
                    boolean missing = arguments[0].isNull(row) || arguments[i + 1].isNull(row);
                    JsonPath path = missing ? null : JsonPath.of("$['" + Cell.text(arguments[i + 1], row) + "']");
                    outputs[i].appendValue(path == null ? null : path.find(Cell.text(arguments[0], row)));
                }
            }
        }
    }
}
