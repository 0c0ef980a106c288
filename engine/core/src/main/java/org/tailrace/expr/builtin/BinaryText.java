package org.tailrace.expr.builtin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.tailrace.expr.Errors;
import org.tailrace.expr.Function;

/** Bytes out of texts, and whether bytes are text at all: a cast from binary lets any through. */
final class BinaryText {
    private BinaryText() {}

    static List<Function> all() {
        return List.of(
                binary("to_binary", false, "hex(to_binary('abc', 'utf-8'))"),
                binary("try_to_binary", true, "try_to_binary('a!', 'base64')"),
                Strict.of(
                        "is_valid_utf8",
                        "is_valid_utf8(text string) -> boolean?",
                        "Whether the bytes of a text are UTF-8.",
                        "is_valid_utf8('Spark')",
                        (v, i, out) -> Cell.put(out, i, valid(Cell.bytes(v[0], i)))),
                Strict.of(
                        "make_valid_utf8",
                        "make_valid_utf8(text string) -> string?",
                        "With U+FFFD for the bytes that are not UTF-8.",
                        "make_valid_utf8('Spark')",
                        (v, i, out) -> Cell.put(out, i, new String(Cell.bytes(v[0], i), StandardCharsets.UTF_8))),
                Strict.failing(
                        "validate_utf8",
                        "validate_utf8(text string) -> string?",
                        "The text, if its bytes are UTF-8; an error if not.",
                        "validate_utf8('Spark')",
                        (a, r, c) -> (v, i, out) -> {
                            if (!valid(Cell.bytes(v[0], i))) {
                                throw Errors.argument(
                                        "the bytes of a text are not UTF-8", "try_validate_utf8 gives NULL instead");
                            }
                            Cell.put(out, i, Cell.bytes(v[0], i));
                        }),
                Strict.of(
                        "try_validate_utf8",
                        "try_validate_utf8(text string) -> string?",
                        "The text, or NULL if its bytes are not UTF-8.",
                        "try_validate_utf8('Spark')",
                        (v, i, out) -> {
                            byte[] bytes = Cell.bytes(v[0], i);
                            if (valid(bytes)) {
                                Cell.put(out, i, bytes);
                            } else {
                                out.setNull(i);
                            }
                        }));
    }

    private static Strict binary(String name, boolean attempt, String example) {
        return Strict.failing(
                name,
                name + "(text string[, format string]) -> binary?",
                "The bytes that a text means in the format hex, which is the usual one, base64 or utf-8"
                        + (attempt ? ", or NULL." : "."),
                example,
                (a, r, c) -> (v, i, out) -> {
                    String text = Cell.text(v[0], i);
                    String format = v.length > 1 ? Cell.text(v[1], i).toLowerCase(Locale.ROOT) : "hex";
                    try {
                        Cell.put(out, i, bytes(text, format));
                    } catch (IllegalArgumentException e) {
                        if (!attempt) {
                            throw Errors.unreadable("no text in " + format + ": '" + text + "'", "try_to_binary");
                        }
                        out.setNull(i);
                    }
                });
    }

    /** @throws IllegalArgumentException if the text is none of this format */
    private static byte[] bytes(String text, String format) {
        return switch (format) {
            case "hex" -> HexFormat.of().parseHex(text.length() % 2 == 0 ? text : "0" + text);
            case "base64" -> Base64.getDecoder().decode(text.replaceAll("\\s", ""));
            case "utf-8", "utf8" -> text.getBytes(StandardCharsets.UTF_8);
            default -> throw Errors.argument("no format '" + format + "'", "one of hex, base64, utf-8");
        };
    }

    private static boolean valid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
