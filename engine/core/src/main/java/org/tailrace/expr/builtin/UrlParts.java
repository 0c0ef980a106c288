package org.tailrace.expr.builtin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tailrace.expr.Errors;
import org.tailrace.expr.Function;

/** {@code parse_url} and {@code try_parse_url}. */
final class UrlParts {
    private UrlParts() {}

    static List<Function> all() {
        return List.of(
                of("parse_url", "A part of a URL", false, "parse_url('http://spark.apache.org/path?query=1', 'HOST')"),
                of(
                        "try_parse_url",
                        "A part of a URL, or NULL of what is none",
                        true,
                        "try_parse_url('inva lid', 'HOST')"));
    }

    private static Strict of(String name, String what, boolean attempt, String example) {
        return Strict.failing(
                name,
                name + "(url string, part string[, key string]) -> string?",
                what + ": HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO; of QUERY, the value of a key.",
                example,
                (a, r, c) -> {
                    var keys = new Memo<Pattern>(UrlParts::ofKey);
                    return (v, i, out) -> {
                        String found = null;
                        try {
                            found = part(new URI(Cell.text(v[0], i)), Cell.text(v[1], i));
                        } catch (URISyntaxException e) {
                            if (c.ansi() && !attempt) {
                                throw Errors.unreadable("no URL: '" + Cell.text(v[0], i) + "'", "try_parse_url");
                            }
                        }
                        if (found != null && v.length > 2) {
                            found = Cell.text(v[1], i).equals("QUERY")
                                    ? value(found, keys.of(Cell.text(v[2], i)))
                                    : null;
                        }
                        if (found == null) {
                            out.setNull(i);
                        } else {
                            Cell.put(out, i, found);
                        }
                    };
                });
    }

    private static @Nullable String part(URI url, String part) {
        return switch (part) {
            case "HOST" -> url.getHost();
            case "PATH" -> url.getRawPath();
            case "QUERY" -> url.getRawQuery();
            case "REF" -> url.getRawFragment();
            case "PROTOCOL" -> url.getScheme();
            case "FILE" -> url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
            case "AUTHORITY" -> url.getRawAuthority();
            case "USERINFO" -> url.getRawUserInfo();
            default -> null;
        };
    }

    /** The key is a regular expression, as in Spark. */
    private static Pattern ofKey(String key) {
        try {
            return Pattern.compile("(&|^)" + key + "=([^&]*)");
        } catch (PatternSyntaxException e) {
            throw Errors.argument(
                    "no regular expression: '" + key + "'", "write \\\\ before signs that mean more than themselves");
        }
    }

    private static @Nullable String value(String query, Pattern key) {
        Matcher matcher = key.matcher(query);
        return matcher.find() ? matcher.group(2) : null;
    }
}
