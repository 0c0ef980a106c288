package org.tailrace.expr.builtin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.data.text.DdlParser;
import org.tailrace.data.text.JsonCell;
import org.tailrace.data.text.TextCell;
import org.tailrace.data.text.TextRules;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/**
 * {@code from_json} and {@code from_csv}: text to values of a schema, a constant in DDL. A field that does not fit is NULL
 * and so is every field of a text that is no JSON, as in Spark's permissive mode. Of the options, {@code sep},
 * {@code dateFormat}, {@code timestampFormat} and {@code mode} are taken; {@code mode} must be {@code PERMISSIVE}.
 */
final class FromText extends Described implements ScalarFunction {
    private final boolean json;

    FromText(String name, boolean json) {
        super(
                name,
                name + "(text, schema[, options])",
                "The values that a text in " + (json ? "JSON" : "CSV")
                        + " holds, by a schema such as 'a int, b double'.",
                json
                        ? "from_json('{\"a\":1, \"b\":0.8}', 'a int, b double')"
                        : "from_csv('1, 0.8', 'a int, b double')");
        this.json = json;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw TypeMismatch.wrongNumber("2 or 3 arguments", arguments.size());
        }
        DataType text = arguments.get(0).type();
        if (text != DataType.STRING && text != DataType.VOID) {
            throw new TypeMismatch("needs a text, not " + text, 0);
        }
        if (!(arguments.get(1) instanceof Typed.Constant constant) || !(constant.value() instanceof String ddl)) {
            throw new TypeMismatch("needs a constant schema such as 'a int, b double'", 1);
        }
        var parameters = new ArrayList<>(List.of(DataType.STRING, DataType.STRING));
        if (arguments.size() == 3) {
            options(arguments.get(2));
            parameters.add(arguments.get(2).type());
        }
        return new Signature(
                parameters, nullable(schema(ddl)), json || arguments.get(0).nullable());
    }

    private DataType schema(String ddl) {
        String start = ddl.trim().toLowerCase(Locale.ROOT);
        boolean type = json && (start.startsWith("array<") || start.startsWith("map<")) || start.startsWith("struct<");
        return type ? DdlParser.type(name(), ddl) : new DataType.Struct(DdlParser.schema(name(), ddl));
    }

    /** Every field can be NULL, whatever the text says. */
    private static DataType nullable(DataType type) {
        if (type instanceof DataType.Struct struct) {
            return new DataType.Struct(new Schema(struct.fields().fields().stream()
                    .map(f -> new Field(f.name(), nullable(f.type()), true))
                    .toList()));
        }
        return type;
    }

    private static Map<String, String> options(Typed typed) {
        var found = new HashMap<String, String>();
        if (typed instanceof Typed.Apply apply && apply.function().name().equals("map")) {
            for (int i = 0; i + 1 < apply.arguments().size(); i += 2) {
                if (apply.arguments().get(i) instanceof Typed.Constant key
                        && apply.arguments().get(i + 1) instanceof Typed.Constant value) {
                    found.put(String.valueOf(key.value()).toLowerCase(Locale.ROOT), String.valueOf(value.value()));
                }
            }
        }
        found.keySet().stream()
                .filter(k -> !List.of("sep", "delimiter", "dateformat", "timestampformat", "mode")
                        .contains(k))
                .findFirst()
                .ifPresent(k -> {
                    throw new TypeMismatch("takes the options sep, dateFormat, timestampFormat and mode, not " + k, 2);
                });
        if (!found.getOrDefault("mode", "PERMISSIVE").equalsIgnoreCase("PERMISSIVE")) {
            throw new TypeMismatch("takes only the mode PERMISSIVE", 2);
        }
        return found;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        Map<String, String> options = arguments.size() == 3 ? options(arguments.get(2)) : Map.of();
        TextRules rules = rules(context.zone(), options);
        Row reader = !json
                ? new Csv(
                        (DataType.Struct) result,
                        rules,
                        options.getOrDefault("sep", options.getOrDefault("delimiter", ",")))
                : result instanceof DataType.Struct struct ? new Fields(struct, rules) : new Whole(result, rules);
        return (vectors, count, out) -> {
            Vector text = vectors[0];
            out.prepare(0);
            for (int row = 0; row < count; row++) {
                String value = text.isNull(row) ? "" : Cell.text(text, row);
                if (value.isBlank() && (json || text.isNull(row))) {
                    out.appendValue(null);
                } else {
                    reader.append(value, out);
                }
            }
        };
    }

    private static TextRules rules(ZoneId zone, Map<String, String> options) {
        return new TextRules(zone, format(options.get("dateformat")), format(options.get("timestampformat")));
    }

    private static Optional<DateTimeFormatter> format(@Nullable String pattern) {
        return Optional.ofNullable(pattern).map(p -> DateTimeFormatter.ofPattern(p, Locale.US));
    }

    /** Appends what one text holds. */
    private interface Row {
        void append(String text, Vector out);
    }

    /** An object: read again without the field that did not fit, until all others are in. */
    private static final class Fields implements Row {
        private final Schema schema;
        private final JsonCell[] cells;
        private final boolean[] dead;

        Fields(DataType.Struct type, TextRules rules) {
            schema = type.fields();
            cells = new JsonCell[schema.size()];
            dead = new boolean[schema.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = JsonCell.of(schema.type(i), rules);
            }
        }

        @Override
        public void append(String text, Vector out) {
            var struct = (StructVector) out;
            Arrays.fill(dead, false);
            int size = struct.size;
            int bad;
            while ((bad = read(text, struct.children, size)) >= 0) {
                dead[bad] = true;
                for (Vector child : struct.children) {
                    child.truncate(Math.min(size, child.size));
                }
            }
            for (Vector child : struct.children) {
                if (bad == NO_JSON) {
                    child.truncate(Math.min(size, child.size));
                }
                if (child.size == size) {
                    child.appendValue(null);
                }
            }
            struct.appendRow(true);
        }

        private static final int DONE = -1;
        private static final int NO_JSON = -2;

        /** The number of a field that does not fit, {@link #DONE}, or {@link #NO_JSON}. */
        private int read(String text, Vector[] into, int size) {
            int field = DONE;
            try (JsonParser parser = JsonPath.JSON.createParser(text)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return NO_JSON;
                }
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    field = ordinal(name);
                    if (field < 0 || dead[field] || into[field].size > size) {
                        parser.skipChildren();
                    } else {
                        cells[field].append(parser, into[field]);
                    }
                }
                return parser.nextToken() == null ? DONE : NO_JSON;
            } catch (JsonCell.Mismatch e) {
                return field;
            } catch (IOException e) {
                return NO_JSON;
            }
        }

        private int ordinal(String name) {
            for (int i = 0; i < schema.size(); i++) {
                if (schema.name(i).equals(name)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** An array or a map: all or NULL. */
    private static final class Whole implements Row {
        private final JsonCell cell;

        Whole(DataType type, TextRules rules) {
            cell = JsonCell.of(type, rules);
        }

        @Override
        public void append(String text, Vector out) {
            int size = out.size;
            try (JsonParser parser = JsonPath.JSON.createParser(text)) {
                parser.nextToken();
                cell.append(parser, out);
            } catch (IOException | JsonCell.Mismatch e) {
                out.truncate(size);
                out.appendValue(null);
            }
        }
    }

    /** The columns of one line. */
    private static final class Csv implements Row {
        private final TextCell[] cells;
        private final char separator;

        Csv(DataType.Struct type, TextRules rules, String separator) {
            cells = new TextCell[type.fields().size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = TextCell.of(type.fields().type(i), rules);
            }
            this.separator = separator.charAt(0);
        }

        @Override
        public void append(String text, Vector out) {
            var struct = (StructVector) out;
            List<String> columns = columns(text);
            for (int i = 0; i < cells.length; i++) {
                String column = i < columns.size() ? columns.get(i) : "";
                Vector child = struct.children[i];
                if (column.isEmpty() || !cells[i].append(child, column.toCharArray(), 0, column.length())) {
                    child.appendValue(null);
                }
            }
            struct.appendRow(true);
        }

        private List<String> columns(String text) {
            try (CsvReader<CsvRecord> reader =
                    CsvReader.builder().fieldSeparator(separator).ofCsvRecord(text)) {
                for (CsvRecord line : reader) {
                    return line.getFields();
                }
            } catch (IOException | RuntimeException e) {
                return List.of();
            }
            return List.of();
        }
    }
}
