package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tailrace.data.BytesVector;
import org.tailrace.expr.Errors;
import org.tailrace.expr.Function;

/** Functions of text. Positions and lengths count characters, not bytes. */
final class TextFunctions {
    private TextFunctions() {}

    /** From one text to another. */
    interface Change {
        String of(String text);
    }

    static List<Function> all() {
        var all = new ArrayList<Function>();
        changes(all);
        measures(all);
        parts(all);
        padding(all);
        tests(all);
        return all;
    }

    static Strict change(String names, String doc, String example, Change change) {
        return Strict.of(
                names,
                names.split(" ")[0] + "(text string) -> string",
                doc,
                example,
                (v, i, out) -> Cell.put(out, i, change.of(Cell.text(v[0], i))));
    }

    private static void changes(List<Function> all) {
        all.add(change("upper ucase", "In upper case.", "upper('Spark')", t -> t.toUpperCase(Locale.ROOT)));
        all.add(change("lower lcase", "In lower case.", "lower('Spark')", t -> t.toLowerCase(Locale.ROOT)));
        all.add(change(
                "initcap",
                "Each word with a capital and small letters after it.",
                "initcap('sPark sql')",
                Texts::initcap));
        all.add(change("soundex", "The Soundex code of an English word.", "soundex('Miller')", Texts::soundex));
        trim(all, "trim", "both ends", true, true, "trim('  a  ')");
        trim(all, "ltrim", "the start", true, false, "ltrim('  a')");
        trim(all, "rtrim", "the end", false, true, "rtrim('a  ')");
        all.add(Strict.of(
                "btrim",
                "btrim(text string[, characters string]) -> string",
                "Without blanks, or the given characters, at both ends.",
                "btrim('xxaxx', 'x')",
                (v, i, out) -> Cell.put(
                        out, i, Texts.trim(Cell.text(v[0], i), v.length > 1 ? Cell.text(v[1], i) : " ", true, true))));
        all.add(Strict.of(
                "replace",
                "replace(text string, search string[, replacement string]) -> string",
                "With every occurrence of a text replaced by another, or left out.",
                "replace('ABCabc', 'abc', 'DEF')",
                (v, i, out) -> {
                    String search = Cell.text(v[1], i);
                    String text = Cell.text(v[0], i);
                    Cell.put(
                            out,
                            i,
                            search.isEmpty() ? text : text.replace(search, v.length > 2 ? Cell.text(v[2], i) : ""));
                }));
        all.add(Strict.of(
                "translate",
                "translate(text string, from string, to string) -> string",
                "With each character of the second text replaced by that of the third, or left out.",
                "translate('AaBbCc', 'abc', '123')",
                (v, i, out) ->
                        Cell.put(out, i, Texts.translate(Cell.text(v[0], i), Cell.text(v[1], i), Cell.text(v[2], i)))));
        all.add(Strict.of(
                "repeat",
                "repeat(text string, times int) -> string",
                "The text several times over.",
                "repeat('ab', 3)",
                (v, i, out) -> Cell.put(out, i, Cell.text(v[0], i).repeat(Math.max(0, Cell.integer(v[1], i))))));
        all.add(Strict.of(
                "space",
                "space(count int) -> string",
                "So many blanks.",
                "concat(space(2), '1')",
                (v, i, out) -> Cell.put(out, i, " ".repeat(Math.max(0, Cell.integer(v[0], i))))));
        all.add(Strict.of(
                "overlay",
                "overlay(text string, replacement string, position int[, length int]) -> string",
                "With the characters from a position on replaced.",
                "overlay('Spark SQL', '_', 6)",
                (v, i, out) -> Cell.put(
                        out,
                        i,
                        Texts.overlay(
                                Cell.text(v[0], i),
                                Cell.text(v[1], i),
                                Cell.integer(v[2], i),
                                v.length > 3 ? Cell.integer(v[3], i) : -1))));
        all.add(Strict.of(
                "mask",
                "mask(text string[, upper string[, lower string[, digit string]]]) -> string?",
                "With letters and digits replaced by X, x and n, or by what is given.",
                "mask('abcd-EFGH-8765')",
                (v, i, out) -> Cell.put(
                        out,
                        i,
                        Texts.mask(
                                Cell.text(v[0], i),
                                v.length > 1 ? Cell.text(v[1], i) : "X",
                                v.length > 2 ? Cell.text(v[2], i) : "x",
                                v.length > 3 ? Cell.text(v[3], i) : "n"))));
    }

    private static void trim(
            List<Function> all, String name, String where, boolean start, boolean end, String example) {
        all.add(Strict.of(
                name,
                name + "(text string) -> string",
                "Without blanks at " + where + ".",
                example,
                (v, i, out) -> Cell.put(out, i, Texts.trim(Cell.text(v[0], i), " ", start, end))));
    }

    private static void measures(List<Function> all) {
        all.add(Strict.of(
                "length char_length character_length len",
                "length(text string|binary) -> int",
                "How many characters, or of a binary how many bytes.",
                "length('Spark')",
                (v, i, out) -> Cell.put(out, i, (long) characters((BytesVector) v[0], i))));
        all.add(Strict.of(
                "octet_length",
                "octet_length(text string|binary) -> int",
                "How many bytes.",
                "octet_length('é')",
                (v, i, out) -> {
                    var bytes = (BytesVector) v[0];
                    Cell.put(out, i, (long) bytes.end(i) - bytes.start(i));
                }));
        all.add(Strict.of(
                "bit_length",
                "bit_length(text string|binary) -> int",
                "How many bits.",
                "bit_length('Spark')",
                (v, i, out) -> {
                    var bytes = (BytesVector) v[0];
                    Cell.put(out, i, 8L * (bytes.end(i) - bytes.start(i)));
                }));
        all.add(Strict.of(
                "ascii",
                "ascii(text string) -> int",
                "The code point of the first character, 0 of none.",
                "ascii('2')",
                (v, i, out) -> {
                    String text = Cell.text(v[0], i);
                    Cell.put(out, i, text.isEmpty() ? 0L : text.codePointAt(0));
                }));
        all.add(Strict.of(
                "chr char",
                "chr(code bigint) -> string",
                "The character of a code, modulo 256.",
                "chr(65)",
                (v, i, out) -> {
                    long code = Cell.whole(v[0], i);
                    Cell.put(out, i, code < 0 ? "" : String.valueOf((char) (code & 0xFF)));
                }));
        all.add(Strict.of(
                "levenshtein",
                "levenshtein(a string, b string) -> int",
                "How many edits make one text the other.",
                "levenshtein('kitten', 'sitting')",
                (v, i, out) -> Cell.put(out, i, (long) Texts.levenshtein(Cell.text(v[0], i), Cell.text(v[1], i)))));
        all.add(Strict.of(
                "luhn_check",
                "luhn_check(digits string) -> boolean?",
                "Whether the last digit is the one that Luhn's rule gives, as of the numbers of credit cards.",
                "luhn_check('79927398713')",
                (v, i, out) -> Cell.put(out, i, Texts.luhn(Cell.text(v[0], i)))));
        all.add(change(
                "quote",
                "Between single quotes, with a backslash before those inside.",
                "quote('Don\\'t')",
                t -> "'" + t.replace("'", "\\'") + "'"));
        all.add(new Elt());
        all.add(Sentences.FUNCTION);
        all.add(Strict.of(
                "instr",
                "instr(text string, search string) -> int",
                "Where the second text first occurs in the first, from 1; 0 if nowhere.",
                "instr('SparkSQL', 'SQL')",
                (v, i, out) -> Cell.put(out, i, (long) Texts.locate(Cell.text(v[1], i), Cell.text(v[0], i), 1))));
        all.add(new Locate());
        all.add(Strict.of(
                "find_in_set",
                "find_in_set(text string, list string) -> int",
                "Which entry of a list between commas the text is, from 1; 0 if none.",
                "find_in_set('ab', 'abc,b,ab,c,def')",
                (v, i, out) -> {
                    String text = Cell.text(v[0], i);
                    int at = text.contains(",")
                            ? -1
                            : List.of(Cell.text(v[1], i).split(",", -1)).indexOf(text);
                    Cell.put(out, i, at + 1L);
                }));
    }

    static int characters(BytesVector vector, int row) {
        int length = vector.end(row) - vector.start(row);
        if (vector.type != org.tailrace.data.DataType.STRING) {
            return length;
        }
        byte[] data = vector.data();
        for (int at = vector.start(row), end = vector.end(row); at < end; at++) {
            if ((data[at] & 0xC0) == 0x80) {
                length--;
            }
        }
        return length;
    }

    private static void parts(List<Function> all) {
        all.add(Strict.of(
                "substring substr",
                "substring(text string, position int[, length int]) -> string",
                "The characters from a position on; a negative position counts from the end.",
                "substring('Spark SQL', 5, 3)",
                (v, i, out) -> Cell.put(
                        out,
                        i,
                        Texts.substring(
                                Cell.text(v[0], i),
                                Cell.integer(v[1], i),
                                v.length > 2 ? Cell.integer(v[2], i) : Integer.MAX_VALUE))));
        all.add(Strict.of(
                "left",
                "left(text string, length int) -> string",
                "The first characters.",
                "left('Spark SQL', 3)",
                (v, i, out) -> Cell.put(out, i, Texts.substring(Cell.text(v[0], i), 1, Cell.integer(v[1], i)))));
        all.add(Strict.of(
                "right",
                "right(text string, length int) -> string?",
                "The last characters.",
                "right('Spark SQL', 3)",
                (v, i, out) -> {
                    int length = Cell.integer(v[1], i);
                    Cell.put(
                            out, i, length <= 0 ? "" : Texts.substring(Cell.text(v[0], i), -length, Integer.MAX_VALUE));
                }));
        all.add(Strict.of(
                "substring_index",
                "substring_index(text string, separator string, count int) -> string",
                "What stands before the so-many-th separator; of a negative count, after it, from the end.",
                "substring_index('www.apache.org', '.', 2)",
                (v, i, out) -> Cell.put(
                        out, i, Texts.substringIndex(Cell.text(v[0], i), Cell.text(v[1], i), Cell.integer(v[2], i)))));
        all.add(Strict.failing(
                "split_part",
                "split_part(text string, separator string, part int) -> string?",
                "The so-many-th part between separators, from 1, or from the end if negative.",
                "split_part('11.12.13', '.', 3)",
                (a, r, c) -> (v, i, out) -> {
                    int part = Cell.integer(v[2], i);
                    if (part == 0) {
                        throw Errors.argument("parts count from 1, or from -1 at the end", "");
                    }
                    Cell.put(out, i, Texts.part(Cell.text(v[0], i), Cell.text(v[1], i), part));
                }));
    }

    private static void padding(List<Function> all) {
        for (boolean left : new boolean[] {true, false}) {
            String name = left ? "lpad" : "rpad";
            all.add(Strict.of(
                    name,
                    name + "(text string, length int[, pad string]) -> string",
                    "Filled up at the " + (left ? "start" : "end") + ", or cut, to a length.",
                    name + "('hi', 5, '??')",
                    (v, i, out) -> Cell.put(
                            out,
                            i,
                            Texts.pad(
                                    Cell.text(v[0], i),
                                    Cell.integer(v[1], i),
                                    v.length > 2 ? Cell.text(v[2], i) : " ",
                                    left))));
        }
    }

    private static void tests(List<Function> all) {
        test(all, "startswith", "begins with", "startswith('Spark SQL', 'Spark')", Texts::startsWith);
        test(all, "endswith", "ends with", "endswith('Spark SQL', 'SQL')", Texts::endsWith);
        test(all, "contains", "contains", "contains('Spark SQL', 'k S')", Texts::contains);
    }

    private interface BytesTest {
        boolean of(byte[] text, int from, int to, byte[] part, int partFrom, int partTo);
    }

    private static void test(List<Function> all, String name, String what, String example, BytesTest test) {
        all.add(Strict.of(
                name,
                name + "(text string, part string) -> boolean",
                "Whether the first text " + what + " the second.",
                example,
                (v, i, out) -> {
                    var text = (BytesVector) v[0];
                    var part = (BytesVector) v[1];
                    Cell.put(
                            out,
                            i,
                            test.of(text.data(), text.start(i), text.end(i), part.data(), part.start(i), part.end(i)));
                }));
    }
}
