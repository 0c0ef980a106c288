package org.tailrace.render;

import java.util.LinkedHashMap;
import java.util.Map;

/** A picture in several forms: MIME type to text, {@code text/html} first and always with its {@code text/plain} twin. */
public record Rendered(Map<String, String> bundle) {
    public static final String DIGEST = "application/vnd.tailrace.result+json";

    public Rendered {
        bundle = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(bundle));
    }

    static Rendered of(String html, String text) {
        var bundle = new LinkedHashMap<String, String>();
        bundle.put("text/html", html);
        bundle.put("text/plain", text);
        return new Rendered(bundle);
    }

    Rendered with(String type, String text) {
        var more = new LinkedHashMap<>(bundle);
        more.put(type, text);
        return new Rendered(more);
    }

    public String html() {
        return bundle.getOrDefault("text/html", "");
    }

    public String text() {
        return bundle.getOrDefault("text/plain", "");
    }
}
