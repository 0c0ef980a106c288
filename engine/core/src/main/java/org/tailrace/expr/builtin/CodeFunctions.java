package org.tailrace.expr.builtin;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Errors;
import org.tailrace.expr.Function;

/** Encodings, hashes and formats. */
final class CodeFunctions {
    private CodeFunctions() {}

    static List<Function> all() {
        var all = new ArrayList<Function>();
        hashes(all);
        encodings(all);
        formats(all);
        return all;
    }

    private static void hashes(List<Function> all) {
        digest(all, "md5", "MD5", "md5('Spark')");
        digest(all, "sha1 sha", "SHA-1", "sha1('Spark')");
        all.add(Strict.of(
                "sha2",
                "sha2(value binary, bits int) -> string?",
                "The SHA-2 checksum of 224, 256, 384 or 512 bits, in hex; 0 means 256.",
                "sha2('Spark', 256)",
                (v, i, out) -> {
                    int bits = Cell.integer(v[1], i);
                    switch (bits) {
                        case 0, 224, 256, 384, 512 ->
                            Cell.put(out, i, hex(Cell.bytes(v[0], i), "SHA-" + (bits == 0 ? 256 : bits)));
                        default -> out.setNull(i);
                    }
                }));
        all.add(Strict.of(
                "crc32",
                "crc32(value binary) -> bigint",
                "The cyclic redundancy check of the bytes.",
                "crc32('Spark')",
                (v, i, out) -> {
                    var crc = new CRC32();
                    crc.update(Cell.bytes(v[0], i));
                    Cell.put(out, i, crc.getValue());
                }));
        all.add(new HashFunction("hash", "int", "A 32-bit hash of the values (Murmur 3).", "hash('Spark', 123)"));
        all.add(new HashFunction("xxhash64", "bigint", "A 64-bit hash of the values.", "xxhash64('Spark', 123)"));
    }

    private static void digest(List<Function> all, String names, String algorithm, String example) {
        String name = names.split(" ")[0];
        all.add(Strict.of(
                names,
                name + "(value binary) -> string",
                "The " + algorithm + " checksum, in hex.",
                example,
                (v, i, out) -> Cell.put(out, i, hex(Cell.bytes(v[0], i), algorithm))));
    }

    private static String hex(byte[] bytes, String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void encodings(List<Function> all) {
        all.add(Strict.of(
                "base64",
                "base64(value binary) -> string",
                "The bytes in base 64.",
                "base64('Spark SQL')",
                (v, i, out) -> Cell.put(out, i, Base64.getEncoder().encodeToString(Cell.bytes(v[0], i)))));
        all.add(Strict.failing(
                "unbase64",
                "unbase64(text string) -> binary",
                "The bytes of a text in base 64.",
                "cast(unbase64('U3Bhcms=') as string)",
                (a, r, c) -> (v, i, out) -> {
                    try {
                        Cell.put(out, i, Base64.getMimeDecoder().decode(Cell.text(v[0], i)));
                    } catch (IllegalArgumentException e) {
                        throw Errors.argument("no text in base 64: '" + Cell.text(v[0], i) + "'", "");
                    }
                }));
        all.add(Strict.of(
                "hex",
                "hex(value bigint|string|binary) -> string",
                "The number or the bytes in base 16.",
                "hex(255)",
                (v, i, out) -> Cell.put(
                        out,
                        i,
                        v[0].type == DataType.BIGINT
                                ? Long.toHexString(Cell.whole(v[0], i)).toUpperCase(Locale.ROOT)
                                : HexFormat.of().withUpperCase().formatHex(Cell.bytes(v[0], i)))));
        all.add(Strict.of(
                "unhex",
                "unhex(text string) -> binary?",
                "The bytes of a text in base 16, or NULL if it is none.",
                "cast(unhex('537061726B') as string)",
                (v, i, out) -> {
                    String text = Cell.text(v[0], i);
                    try {
                        Cell.put(out, i, HexFormat.of().parseHex(text.length() % 2 == 0 ? text : "0" + text));
                    } catch (IllegalArgumentException e) {
                        out.setNull(i);
                    }
                }));
        all.add(Strict.failing(
                "encode",
                "encode(text string, charset string) -> binary?",
                "The bytes of a text in a character set.",
                "hex(encode('abc', 'utf-8'))",
                (a, r, c) -> (v, i, out) -> Cell.put(out, i, Cell.text(v[0], i).getBytes(charset(v[1], i)))));
        all.add(Strict.failing(
                "decode",
                "decode(value binary, charset string) -> string?",
                "The text that bytes mean in a character set.",
                "decode(encode('abc', 'utf-8'), 'utf-8')",
                (a, r, c) -> (v, i, out) -> Cell.put(out, i, new String(Cell.bytes(v[0], i), charset(v[1], i)))));
        all.add(Strict.of(
                "url_encode",
                "url_encode(text string) -> string?",
                "As it stands in a URL's query.",
                "url_encode('https://spark.apache.org')",
                (v, i, out) -> Cell.put(out, i, URLEncoder.encode(Cell.text(v[0], i), StandardCharsets.UTF_8))));
        decoding(all, "url_decode", "What a text in a URL's query means.", "url_decode('a%20b')", false);
        decoding(all, "try_url_decode", "What a text in a URL's query means, or NULL.", "try_url_decode('%zz')", true);
        all.addAll(UrlParts.all());
        all.addAll(BinaryText.all());
        all.add(Strict.of(
                "bin",
                "bin(value bigint) -> string",
                "The number in base 2.",
                "bin(13)",
                (v, i, out) -> Cell.put(out, i, Long.toBinaryString(Cell.whole(v[0], i)))));
        all.add(Strict.of(
                "conv",
                "conv(number string, from int, to int) -> string?",
                "A number written in another base.",
                "conv('100', 2, 10)",
                (v, i, out) -> {
                    int from = Cell.integer(v[1], i);
                    int to = Cell.integer(v[2], i);
                    if (from < 2 || from > 36 || Math.abs(to) < 2 || Math.abs(to) > 36) {
                        out.setNull(i);
                    } else {
                        Cell.put(out, i, convert(Cell.text(v[0], i).trim(), from, to));
                    }
                }));
    }

    private static void decoding(List<Function> all, String name, String doc, String example, boolean attempt) {
        all.add(Strict.failing(name, name + "(text string) -> string?", doc, example, (a, r, c) -> (v, i, out) -> {
            try {
                Cell.put(out, i, URLDecoder.decode(Cell.text(v[0], i), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                if (!attempt) {
                    throw Errors.argument(
                            "no encoded text: '" + Cell.text(v[0], i) + "'", "try_url_decode gives NULL instead");
                }
                out.setNull(i);
            }
        }));
    }

    private static Charset charset(Vector name, int row) {
        switch (Cell.text(name, row).toUpperCase(Locale.ROOT)) {
            case "UTF-8":
                return StandardCharsets.UTF_8;
            case "US-ASCII":
                return StandardCharsets.US_ASCII;
            case "ISO-8859-1":
                return StandardCharsets.ISO_8859_1;
            case "UTF-16":
                return StandardCharsets.UTF_16;
            case "UTF-16BE":
                return StandardCharsets.UTF_16BE;
            case "UTF-16LE":
                return StandardCharsets.UTF_16LE;
            default:
                throw Errors.argument(
                        "no character set '" + Cell.text(name, row) + "'",
                        "one of UTF-8, US-ASCII, ISO-8859-1, UTF-16, UTF-16BE, UTF-16LE");
        }
    }

    /** The digits up to the first that is none, as an unsigned number of 64 bits. */
    private static String convert(String text, int from, int to) {
        boolean negative = text.startsWith("-");
        int at = negative ? 1 : 0;
        BigInteger value = BigInteger.ZERO;
        while (at < text.length() && Character.digit(text.charAt(at), from) >= 0) {
            value = value.multiply(BigInteger.valueOf(from))
                    .add(BigInteger.valueOf(Character.digit(text.charAt(at++), from)));
        }
        BigInteger top = BigInteger.ONE.shiftLeft(64);
        value = value.min(top.subtract(BigInteger.ONE));
        if (negative) {
            value = to < 0 ? value.negate() : top.subtract(value).mod(top);
        } else if (to < 0) {
            value = BigInteger.valueOf(value.longValue());
        }
        return value.toString(Math.abs(to)).toUpperCase(Locale.ROOT);
    }

    private static void formats(List<Function> all) {
        all.add(Strict.of(
                        "format_number",
                        "format_number(value number, digits int) -> string?",
                        "With commas between thousands, rounded to so many digits after the point.",
                        "format_number(12332.123456, 4)",
                        (v, i, out) -> {
                            int digits = Cell.integer(v[1], i);
                            if (digits < 0) {
                                out.setNull(i);
                                return;
                            }
                            var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.US));
                            format.setRoundingMode(RoundingMode.HALF_EVEN);
                            format.setMinimumFractionDigits(digits);
                            format.setMaximumFractionDigits(digits);
                            Cell.put(out, i, format.format(v[0].get(i)));
                        })
                .asWritten(0));
        all.add(new FormatString());
    }
}
