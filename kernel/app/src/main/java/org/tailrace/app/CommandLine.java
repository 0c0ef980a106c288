package org.tailrace.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of one command, checked against the options it knows.
 *
 * @param values what each option was given, in the order written; an option that takes no value has an empty list
 * @param operands what is no option
 */
record CommandLine(String command, Map<String, List<String>> values, List<String> operands) {

    /**
     * @param switches options without a value
     * @param valued options with one, written {@code --name value} or {@code --name=value}
     */
    static CommandLine parse(String command, List<String> arguments, Set<String> switches, Set<String> valued)
            throws UsageException {
        var values = new LinkedHashMap<String, List<String>>();
        var operands = new ArrayList<String>();
        var rest = new ArrayList<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.remove(0);
            if (argument.equals("--")) {
                operands.addAll(rest);
                break;
            }
            if (!argument.startsWith("-") || argument.equals("-")) {
                operands.add(argument);
                continue;
            }
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (switches.contains(name)) {
                if (equals >= 0) {
                    throw new UsageException(command + ": " + name + " takes no value");
                }
                values.computeIfAbsent(name, n -> new ArrayList<>());
            } else if (valued.contains(name)) {
                if (equals < 0 && rest.isEmpty()) {
                    throw new UsageException(command + ": " + name + " needs a value");
                }
                String value = equals < 0 ? rest.remove(0) : argument.substring(equals + 1);
                values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
            } else {
                throw new UsageException(command + ": unknown option " + name);
            }
        }
        return new CommandLine(command, values, operands);
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    List<String> all(String option) {
        return values.getOrDefault(option, List.of());
    }

    /** The option's value; the last one counts if it was given twice. */
    Optional<String> last(String option) {
        List<String> given = all(option);
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    /** The one operand the command needs. */
    String operand(String what) throws UsageException {
        if (operands.isEmpty()) {
            throw new UsageException(command + " needs " + what);
        }
        if (operands.size() > 1) {
            throw new UsageException(command + " takes " + what + " and nothing else, not also " + operands.get(1));
        }
        return operands.get(0);
    }

    void noOperand() throws UsageException {
        if (!operands.isEmpty()) {
            throw new UsageException(command + " takes no argument " + operands.get(0));
        }
    }
}
