package org.tailrace.app.run;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * Sets a notebook's parameters as papermill does: a cell of declarations behind the cell tagged {@code parameters}. A
 * value takes the type that this cell declares for its name, else the type it looks like.
 */
final class Parameters {

    private static final String DEFAULTS = "parameters";
    private static final String INJECTED = "injected-parameters";

    /** Types of whole numbers, with their size in bits. */
    private static final Map<String, Integer> WHOLE =
            Map.of("byte", 8, "short", 16, "int", 32, "long", 64, "Integer", 32, "Long", 64);

    private static final Set<String> REAL = Set.of("float", "double", "Float", "Double");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.\\d*|\\.\\d+|\\d+(?=[eE]))([eE][+-]?\\d+)?");

    private Parameters() {}

    /**
     * Injects the values, in place of those injected before.
     *
     * @return names that the notebook does not declare
     */
    static List<String> inject(Notebook notebook, Map<String, String> values) throws NotebookException {
        if (values.isEmpty()) {
            return List.of();
        }
        Optional<NotebookCell> defaults = notebook.tagged(DEFAULTS);
        String declarations = defaults.map(NotebookCell::source).orElse("");
        var source = new StringBuilder("// Parameters");
        var unknown = new ArrayList<String>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            String name = value.getKey();
            if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
                throw new NotebookException("--param " + name + ": not a name that a Java variable can have");
            }
            Optional<String> type = declaredType(declarations, name);
            if (type.isEmpty()) {
                unknown.add(name);
            }
            source.append('\n').append(declaration(name, value.getValue(), type));
        }
        notebook.tagged(INJECTED).ifPresent(notebook::remove);
        notebook.insertAfter(defaults, INJECTED, INJECTED, source.toString());
        return unknown;
    }

    /** A Java declaration that gives {@code name} what {@code text} says. */
    static String declaration(String name, String text, Optional<String> declaredType) throws NotebookException {
        String type = declaredType.filter(t -> !t.equals("var")).orElseGet(() -> typeOf(text));
        String literal;
        if (type.equals("String")) {
            literal = quoted(text);
        } else if (WHOLE.containsKey(type)) {
            check(INTEGER.matcher(text).matches() && bits(text) < WHOLE.get(type), name, text, type);
            String digits = new BigInteger(text).toString();
            literal = type.equalsIgnoreCase("long") ? digits + "L" : digits;
        } else if (REAL.contains(type)) {
            check(INTEGER.matcher(text).matches() || DECIMAL.matcher(text).matches(), name, text, type);
            literal = type.equalsIgnoreCase("float") ? text + "f" : text + "d";
        } else if (type.equalsIgnoreCase("boolean")) {
            check(text.equals("true") || text.equals("false"), name, text, type);
            literal = text;
        } else {
            throw new NotebookException("--param " + name + ": the notebook declares it as " + type
                    + "; only numbers, boolean and String can be given");
        }
        return type + " " + name + " = " + literal + ";";
    }

    private static void check(boolean fits, String name, String text, String type) throws NotebookException {
        if (!fits) {
            throw new NotebookException(
                    "--param " + name + "=" + text + ": not a value for a variable of type " + type);
        }
    }

    private static Optional<String> declaredType(String declarations, String name) {
        Matcher matcher = Pattern.compile("(?m)(?:^|[;\\s])([\\w.<>\\[\\]]+)\\s+" + Pattern.quote(name) + "\\s*[=;]")
                .matcher(declarations);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String typeOf(String text) {
        if (text.equals("true") || text.equals("false")) {
            return "boolean";
        }
        if (INTEGER.matcher(text).matches()) {
            return bits(text) < 32 ? "int" : bits(text) < 64 ? "long" : "String";
        }
        return DECIMAL.matcher(text).matches() ? "double" : "String";
    }

    private static int bits(String integer) {
        return new BigInteger(integer).bitLength();
    }

    private static String quoted(String text) {
        var literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        literal.append(c);
                    }
                }
            }
        }
        return literal.append('"').toString();
    }
}
