package org.tailrace.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of an option that nobody may see: a password, a token. Its text is {@code [hidden]}, so that no plan,
 * status card, log or saved notebook shows it.
 */
public record Secret(String value) {
    private static final String HIDDEN = "[hidden]";
    private static final List<String> WORDS = List.of(
            "password",
            "secret",
            "token",
            "sasl.jaas.config",
            "credential",
            "private.key",
            "privatekey",
            "keystore.key");

    /** Whether the option of this name holds a secret. */
    public static boolean holds(String option) {
        String name = option.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(name::contains);
    }

    /** Options to be shown: by name, with secrets hidden. */
    public static Map<String, String> hide(Map<String, String> options) {
        var shown = new TreeMap<>(options);
        shown.replaceAll((name, value) -> holds(name) ? HIDDEN : value);
        return shown;
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
