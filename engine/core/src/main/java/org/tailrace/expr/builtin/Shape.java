package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tailrace.data.DataType;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function.Signature;
import org.tailrace.expr.Function.TypeMismatch;
import org.tailrace.expr.Typed;

/**
 * The types of a function, read out of the signature that people see:
 *
 * <pre>
 * lpad(text string, length int[, pad string]) -&gt; string
 * array_contains(xs array&lt;T&gt;, value T) -&gt; boolean?
 * greatest(values T...) -&gt; T
 * </pre>
 *
 * <p>{@code T}, {@code K} and {@code V} stand for one type each, the common one of all places; {@code any} for any type,
 * {@code I} for int or bigint, {@code number} for any numeric one, {@code a|b} for one of several. {@code ...} repeats the last parameter, at least
 * once. The result is NULL only if an argument is; {@code ?} marks one that can always be NULL, {@code !} one that never
 * is. {@code array<string!>} has no NULL elements.
 */
final class Shape {
    private static final Pattern FORM = Pattern.compile("[^(]*\\((.*)\\) -> (.*?)([?!]?)", Pattern.DOTALL);

    private final List<String> patterns = new ArrayList<>();
    private final int least;
    private final boolean repeats;
    private final String result;
    private final boolean alwaysNullable;
    private final boolean neverNull;

    Shape(String signature) {
        Matcher form = FORM.matcher(signature);
        if (!form.matches()) {
            throw new IllegalArgumentException(signature);
        }
        result = form.group(2);
        alwaysNullable = form.group(3).equals("?");
        neverNull = form.group(3).equals("!");
        String parameters = form.group(1);
        int needed = 0;
        boolean optional = false;
        boolean many = false;
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= parameters.length(); i++) {
            char c = i < parameters.length() ? parameters.charAt(i) : ',';
            depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
            if (depth > 0 || c != ',' && c != '[' && c != ']') {
                continue;
            }
            String parameter = parameters.substring(start, i).trim();
            start = i + 1;
            if (!parameter.isEmpty()) {
                String type = parameter.substring(parameter.indexOf(' ') + 1);
                many = type.endsWith("...");
                patterns.add(many ? type.substring(0, type.length() - 3) : type);
                needed += optional ? 0 : 1;
            }
            optional |= c == '[';
        }
        least = needed;
        repeats = many;
    }

    Signature resolve(List<Typed> arguments, EvalContext context) {
        int count = arguments.size();
        if (count < least || count > patterns.size() && !repeats) {
            throw TypeMismatch.wrongNumber(wanted(), count);
        }
        var binding = new Binding(context);
        boolean nullable = alwaysNullable;
        for (int i = 0; i < count; i++) {
            binding.unify(pattern(i), arguments.get(i).type(), i);
            nullable |= arguments.get(i).nullable();
        }
        var parameters = new ArrayList<DataType>();
        for (int i = 0; i < count; i++) {
            parameters.add(binding.instance(pattern(i), arguments.get(i).type()));
        }
        DataType type = binding.instance(result, DataType.VOID);
        return new Signature(parameters, type, nullable && !neverNull);
    }

    private String pattern(int argument) {
        return patterns.get(Math.min(argument, patterns.size() - 1));
    }

    private String wanted() {
        if (repeats) {
            return "at least " + least + (least == 1 ? " argument" : " arguments");
        }
        if (least == patterns.size()) {
            return least == 1 ? "1 argument" : least == 0 ? "no arguments" : least + " arguments";
        }
        return least + " to " + patterns.size() + " arguments";
    }

    /** What the letters of a signature stand for in one call. */
    private static final class Binding {
        private final EvalContext context;
        private final Map<String, DataType> letters = new HashMap<>();
        private boolean nullElements;
        private boolean arrays;

        Binding(EvalContext context) {
            this.context = context;
        }

        void unify(String pattern, DataType type, int argument) {
            if (pattern.equals("any")) {
                return;
            }
            if (pattern.equals("I")) {
                boolean cast = type == DataType.STRING || !context.ansi() && type.isNumeric();
                if (!type.isIntegral() && type != DataType.VOID && !cast) {
                    throw needs("a whole number", type, argument);
                }
                letters.put(pattern, type == DataType.BIGINT ? type : DataType.INT);
                return;
            }
            if (pattern.length() == 1) {
                DataType old = letters.getOrDefault(pattern, DataType.VOID);
                // Text and something else have no type in common here: as in Spark, where it is not promoted.
                boolean mixed = old != DataType.VOID
                        && type != DataType.VOID
                        && (old == DataType.STRING) != (type == DataType.STRING);
                letters.put(
                        pattern,
                        (mixed ? Optional.<DataType>empty() : Coercion.common(old, type, context.ansi()))
                                .orElseThrow(() -> new TypeMismatch(
                                        "needs values of one type, not " + old + " and " + type, argument)));
                return;
            }
            if (pattern.equals("number")) {
                if (!type.isNumeric() && type != DataType.VOID && type != DataType.STRING) {
                    throw needs("a number", type, argument);
                }
                return;
            }
            if (pattern.startsWith("array<")) {
                if (type instanceof DataType.Array array) {
                    nullElements |= array.containsNull();
                    arrays = true;
                    unify(inside(pattern), array.element(), argument);
                } else if (type != DataType.VOID) {
                    throw needs("an array", type, argument);
                }
                return;
            }
            if (pattern.startsWith("map<")) {
                if (type instanceof DataType.Map map) {
                    unify("K", map.key(), argument);
                    unify("V", map.value(), argument);
                } else if (type != DataType.VOID) {
                    throw needs("a map", type, argument);
                }
                return;
            }
            if (pattern.equals("struct")) {
                if (!(type instanceof DataType.Struct) && type != DataType.VOID) {
                    throw needs("a struct", type, argument);
                }
                return;
            }
            String[] choices = pattern.split("\\|");
            for (String choice : choices) {
                if (exact(choice, type) || Coercion.implicit(type, concrete(choice))) {
                    return;
                }
            }
            throw needs(article(pattern.replace("|", " or ")), type, argument);
        }

        DataType instance(String pattern, DataType given) {
            if (pattern.equals("any") || pattern.equals("struct")) {
                return given;
            }
            if (pattern.length() == 1) {
                return letters.getOrDefault(pattern, DataType.VOID);
            }
            if (pattern.equals("number")) {
                return given.isNumeric() ? given : DataType.DOUBLE;
            }
            if (pattern.startsWith("array<")) {
                String inside = inside(pattern);
                boolean noNulls = inside.endsWith("!");
                return new DataType.Array(
                        instance(noNulls ? inside.substring(0, inside.length() - 1) : inside, DataType.VOID),
                        !noNulls && (nullElements || !arrays));
            }
            if (pattern.startsWith("map<") && pattern.length() == 8) {
                return new DataType.Map(instance("K", given), instance("V", given), true);
            }
            String[] choices = pattern.split("\\|");
            for (String choice : choices) {
                if (exact(choice, given)) {
                    return given;
                }
            }
            for (String choice : choices) {
                if (Coercion.implicit(given, concrete(choice))) {
                    return concrete(choice);
                }
            }
            return concrete(choices[0]);
        }

        private static boolean exact(String choice, DataType type) {
            switch (choice) {
                case "interval":
                    return type instanceof DataType.DayTimeInterval || type instanceof DataType.YearMonthInterval;
                case "decimal":
                    return type instanceof DataType.Decimal;
                case "array":
                    return type instanceof DataType.Array;
                case "map":
                    return type instanceof DataType.Map;
                default:
                    return concrete(choice).equals(type);
            }
        }

        private static DataType concrete(String choice) {
            switch (choice) {
                case "interval":
                    return DataType.DAY_TIME;
                case "array":
                    return new DataType.Array(DataType.VOID, true);
                case "map":
                    return new DataType.Map(DataType.VOID, DataType.VOID, true);
                default:
                    return DdlParser.type(choice);
            }
        }

        private static String inside(String pattern) {
            return pattern.substring(pattern.indexOf('<') + 1, pattern.length() - 1);
        }

        private static TypeMismatch needs(String what, DataType found, int argument) {
            return new TypeMismatch("needs " + what + ", not " + found, argument);
        }

        private static String article(String type) {
            return ("aeiou".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
        }
    }
}
