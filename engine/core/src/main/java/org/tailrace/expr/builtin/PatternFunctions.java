package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Errors;
import org.tailrace.expr.Function;

/** LIKE and regular expressions (Java's, as in Spark). A pattern is compiled once. */
final class PatternFunctions {
    private PatternFunctions() {}

    /** The compiled patterns of one call, by their text. */
    static final class Compiled {
        private final Memo<Pattern> patterns = new Memo<>(text -> {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw Errors.argument("no regular expression: '" + text + "', " + e.getDescription(), "");
            }
        });

        Pattern of(String text) {
            return patterns.of(text);
        }

        Matcher matcher(Vector[] v, int row) {
            return of(Cell.text(v[1], row)).matcher(Cell.text(v[0], row));
        }
    }

    static List<Function> all() {
        var all = new ArrayList<Function>();
        like(all, "like", "", false, "'Spark' like 'S_ar%'");
        like(all, "ilike", ", case ignored", true, "'Spark' ilike 's_AR%'");
        all.add(Strict.failing(
                "rlike regexp regexp_like",
                "rlike(text string, pattern string) -> boolean",
                "Whether a regular expression matches some part of the text.",
                "rlike('Spark', '^S.*k$')",
                (a, r, c) -> {
                    var compiled = new Compiled();
                    return (v, i, out) ->
                            Cell.put(out, i, compiled.matcher(v, i).find());
                }));
        all.add(Strict.failing(
                "regexp_extract",
                "regexp_extract(text string, pattern string[, group int]) -> string",
                "What a group of the first match holds, the first group unless said; empty if nothing matches.",
                "regexp_extract('100-200', '(\\\\d+)-(\\\\d+)', 1)",
                (a, r, c) -> {
                    var compiled = new Compiled();
                    return (v, i, out) -> {
                        Matcher matcher = compiled.matcher(v, i);
                        int group = v.length > 2 ? Cell.integer(v[2], i) : 1;
                        String found = matcher.find() ? matcher.group(group(matcher, group)) : "";
                        Cell.put(out, i, found == null ? "" : found);
                    };
                }));
        all.add(Strict.failing(
                "regexp_extract_all",
                "regexp_extract_all(text string, pattern string[, group int]) -> array<string!>",
                "What a group of every match holds.",
                "regexp_extract_all('100-200, 300-400', '(\\\\d+)-(\\\\d+)', 1)",
                (a, r, c) -> {
                    var compiled = new Compiled();
                    return (v, i, out) -> {
                        Matcher matcher = compiled.matcher(v, i);
                        int group = v.length > 2 ? Cell.integer(v[2], i) : 1;
                        var found = new ArrayList<String>();
                        while (matcher.find()) {
                            String part = matcher.group(group(matcher, group));
                            found.add(part == null ? "" : part);
                        }
                        put((ArrayVector) out, i, found);
                    };
                }));
        all.add(Strict.failing(
                "regexp_replace",
                "regexp_replace(text string, pattern string, replacement string[, position int]) -> string",
                "With every match replaced; $1 stands for the first group.",
                "regexp_replace('100-200', '(\\\\d+)', 'num')",
                (a, r, c) -> {
                    var compiled = new Compiled();
                    return (v, i, out) -> {
                        String text = Cell.text(v[0], i);
                        int skip = v.length > 3 ? Math.min(Math.max(Cell.integer(v[3], i) - 1, 0), text.length()) : 0;
                        Cell.put(
                                out,
                                i,
                                text.substring(0, skip)
                                        + compiled.of(Cell.text(v[1], i))
                                                .matcher(text.substring(skip))
                                                .replaceAll(Cell.text(v[2], i)));
                    };
                }));
        all.add(Strict.failing(
                "regexp_count",
                "regexp_count(text string, pattern string) -> int",
                "How often a regular expression matches.",
                "regexp_count('Steven Jones and Stephen Smith', 'Ste(v|ph)en')",
                (a, r, c) -> {
                    var compiled = new Compiled();
                    return (v, i, out) ->
                            Cell.put(out, i, compiled.matcher(v, i).results().count());
                }));
        all.add(Strict.failing(
                "regexp_instr",
                "regexp_instr(text string, pattern string) -> int",
                "Where a regular expression first matches, from 1; 0 if nowhere.",
                "regexp_instr('Steven Jones', 'J')",
                (a, r, c) -> {
                    var compiled = new Compiled();
                    return (v, i, out) -> {
                        Matcher matcher = compiled.matcher(v, i);
                        Cell.put(out, i, matcher.find() ? matcher.start() + 1L : 0L);
                    };
                }));
        all.add(Strict.failing(
                "regexp_substr",
                "regexp_substr(text string, pattern string) -> string?",
                "The first match, or NULL.",
                "regexp_substr('Steven Jones', 'Ste(v|ph)en')",
                (a, r, c) -> {
                    var compiled = new Compiled();
                    return (v, i, out) -> {
                        Matcher matcher = compiled.matcher(v, i);
                        // A match of nothing is none, as in Spark.
                        if (matcher.find() && matcher.end() > matcher.start()) {
                            Cell.put(out, i, matcher.group());
                        } else {
                            out.setNull(i);
                        }
                    };
                }));
        all.add(Strict.failing(
                "split",
                "split(text string, pattern string[, limit int]) -> array<string!>",
                "The parts between matches of a regular expression; at most so many if a limit is given.",
                "split('oneAtwoBthreeC', '[ABC]')",
                (a, r, c) -> {
                    int separator = a.size() == 2 ? SplitByByte.separator(a.get(1)) : -1;
                    if (separator >= 0) {
                        return new SplitByByte((byte) separator);
                    }
                    var compiled = new Compiled();
                    return (v, i, out) -> {
                        int limit = v.length > 2 ? Cell.integer(v[2], i) : -1;
                        String[] parts =
                                compiled.of(Cell.text(v[1], i)).split(Cell.text(v[0], i), limit <= 0 ? -1 : limit);
                        put((ArrayVector) out, i, List.of(parts));
                    };
                }));
        return all;
    }

    /** Tested only where there is a match, as in Spark. */
    private static int group(Matcher matcher, int group) {
        if (group < 0 || group > matcher.groupCount()) {
            throw Errors.argument(
                    "the pattern has " + matcher.groupCount() + " groups, no group " + group,
                    "group 0 is the whole match");
        }
        return group;
    }

    static void put(ArrayVector out, int row, List<String> parts) {
        int start = out.elements.size;
        for (String part : parts) {
            out.elements.appendValue(part);
        }
        out.set(row, start, out.elements.size);
    }

    private static void like(List<Function> all, String name, String also, boolean ignoreCase, String example) {
        all.add(Strict.failing(
                name,
                name + "(text string, pattern string[, escape string]) -> boolean",
                "Whether a text fits a pattern" + also + ", in which % is any text and _ any character.",
                example,
                (a, r, c) -> {
                    Memo<Memo<Like>> byEscape = new Memo<>(escape -> new Memo<>(
                            pattern -> Like.of(pattern, escape.isEmpty() ? '\\' : escape.charAt(0), ignoreCase)));
                    return (v, i, out) -> {
                        String escape = v.length > 2 ? Cell.text(v[2], i) : "";
                        Cell.put(
                                out,
                                i,
                                byEscape.of(escape).of(Cell.text(v[1], i)).matches((BytesVector) v[0], i));
                    };
                }));
    }
}
