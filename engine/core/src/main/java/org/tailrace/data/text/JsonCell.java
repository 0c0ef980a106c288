package org.tailrace.data.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Set;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.MapVector;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/**
 * Reads one type of value from a JSON parser into a vector, under Spark's rules: unknown fields are ignored, missing ones
 * are NULL, a string takes any value as its text, a timestamp also a number of seconds. Unlike Spark, a key that occurs
 * twice is an error and not the last one's. After an error the vector holds part of a value: the caller truncates it. One
 * thread.
 */
public abstract class JsonCell {
    private JsonCell() {}

    /** A value that is none of the wanted type; its message is a whole clause. */
    public static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        public Mismatch(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Appends the value that starts at the parser's current token, and leaves the parser at its last token. */
    public abstract void append(JsonParser json, Vector into) throws IOException, Mismatch;

    public static JsonCell of(DataType type, TextRules rules) {
        if (type instanceof DataType.Struct struct) {
            return new Struct(new JsonFields(struct.fields(), rules));
        }
        if (type instanceof DataType.Array array) {
            return new Array(of(array.element(), rules));
        }
        if (type instanceof DataType.Map map) {
            return new Entries(TextCell.of(map.key(), rules), map.key(), of(map.value(), rules));
        }
        return type == DataType.BOOLEAN ? new Bool() : type == DataType.STRING ? new Text() : new Scalar(type, rules);
    }

    static Mismatch mismatch(JsonParser json, DataType type) throws IOException {
        JsonToken token = json.currentToken();
        String what = token == JsonToken.START_OBJECT
                ? "an object"
                : token == JsonToken.START_ARRAY ? "an array" : Utf8Reader.shown(shorten(json.getText()));
        return new Mismatch(
                "it is " + type + " and the value is " + (token == JsonToken.VALUE_STRING ? '"' + what + '"' : what));
    }

    private static String shorten(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static final class Struct extends JsonCell {
        private final JsonFields fields;

        Struct(JsonFields fields) {
            this.fields = fields;
        }

        @Override
        public void append(JsonParser json, Vector into) throws IOException, Mismatch {
            var struct = (StructVector) into;
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                struct.appendValue(null);
                return;
            }
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw mismatch(json, into.type);
            }
            fields.append(json, struct.children, struct.size);
            struct.appendRow(true);
        }
    }

    private static final class Array extends JsonCell {
        private final JsonCell element;

        Array(JsonCell element) {
            this.element = element;
        }

        @Override
        public void append(JsonParser json, Vector into) throws IOException, Mismatch {
            var array = (ArrayVector) into;
            int start = array.elements.size;
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                array.appendRange(start, false);
                return;
            }
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw mismatch(json, into.type);
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                element.append(json, array.elements);
            }
            array.appendRange(start, true);
        }
    }

    private static final class Entries extends JsonCell {
        private final TextCell key;
        private final DataType keyType;
        private final JsonCell value;

        Entries(TextCell key, DataType keyType, JsonCell value) {
            this.key = key;
            this.keyType = keyType;
            this.value = value;
        }

        @Override
        public void append(JsonParser json, Vector into) throws IOException, Mismatch {
            var map = (MapVector) into;
            int start = map.keys.size;
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                map.appendRange(start, false);
                return;
            }
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw mismatch(json, into.type);
            }
            Set<String> seen = new HashSet<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                if (!seen.add(name)) {
                    throw new Mismatch("the key '" + name + "' occurs twice");
                }
                if (!key.append(map.keys, name.toCharArray(), 0, name.length())) {
                    throw new Mismatch("the key '" + name + "' is no " + keyType);
                }
                json.nextToken();
                value.append(json, map.values);
            }
            map.appendRange(start, true);
        }
    }

    private static final class Bool extends JsonCell {
        @Override
        public void append(JsonParser json, Vector into) throws IOException, Mismatch {
            JsonToken token = json.currentToken();
            if (token == JsonToken.VALUE_NULL) {
                into.appendValue(null);
            } else if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
                ((BooleanVector) into).append(token == JsonToken.VALUE_TRUE, true);
            } else {
                throw mismatch(json, into.type);
            }
        }
    }

    private static final class Text extends JsonCell {
        private static final JsonFactory JSON = new JsonFactory();
        private final TextCell cell = TextCell.of(DataType.STRING, TextRules.ISO);

        @Override
        public void append(JsonParser json, Vector into) throws IOException, Mismatch {
            JsonToken token = json.currentToken();
            if (token == JsonToken.VALUE_NULL) {
                into.appendValue(null);
                return;
            }
            boolean good;
            if (token.isScalarValue()) {
                good = cell.append(
                        into,
                        json.getTextCharacters(),
                        json.getTextOffset(),
                        json.getTextOffset() + json.getTextLength());
            } else {
                var out = new StringWriter();
                try (var copy = JSON.createGenerator(out)) {
                    copy.copyCurrentStructure(json);
                }
                String text = out.toString();
                good = cell.append(into, text.toCharArray(), 0, text.length());
            }
            if (!good) {
                throw new Mismatch("its text holds half of a surrogate pair");
            }
        }
    }

    private static final class Scalar extends JsonCell {
        private final TextCell cell;
        private final boolean numeric;
        private final boolean quotedToo;
        private final boolean time;

        Scalar(DataType type, TextRules rules) {
            cell = TextCell.of(type, rules);
            numeric = type.isNumeric();
            quotedToo = !type.isIntegral();
            time = type == DataType.TIMESTAMP;
        }

        @Override
        public void append(JsonParser json, Vector into) throws IOException, Mismatch {
            JsonToken token = json.currentToken();
            if (token == JsonToken.VALUE_NULL) {
                into.appendValue(null);
                return;
            }
            boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
            if (number && time && token == JsonToken.VALUE_NUMBER_INT) {
                seconds(json, (LongVector) into);
                return;
            }
            boolean fits = number ? numeric : token == JsonToken.VALUE_STRING && quotedToo;
            if (!fits
                    || !cell.append(
                            into,
                            json.getTextCharacters(),
                            json.getTextOffset(),
                            json.getTextOffset() + json.getTextLength())) {
                throw mismatch(json, into.type);
            }
        }

        private static void seconds(JsonParser json, LongVector into) throws IOException, Mismatch {
            try {
                into.append(Math.multiplyExact(json.getLongValue(), 1_000_000L), true);
            } catch (ArithmeticException | com.fasterxml.jackson.core.exc.InputCoercionException e) {
                throw mismatch(json, DataType.TIMESTAMP);
            }
        }
    }
}
