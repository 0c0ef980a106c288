package org.tailrace.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Terminal colours in text: taken out, or turned into spans whose classes the page's style sheet colours. */
final class Ansi {

    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[([0-9;:?]*)[ -/]*([@-~])|\u001b[@-Z\\\\^_]");

    private String foreground = "";
    private String background = "";
    private boolean bold;
    private boolean faint;
    private boolean italic;
    private boolean underlined;

    private Ansi() {}

    static String strip(String text) {
        return ESCAPE.matcher(text).replaceAll("");
    }

    static String toHtml(String text) {
        var state = new Ansi();
        var html = new StringBuilder(text.length() + 64);
        Matcher escapes = ESCAPE.matcher(text);
        int from = 0;
        while (escapes.find()) {
            state.append(html, text.substring(from, escapes.start()));
            from = escapes.end();
            if ("m".equals(escapes.group(2))) {
                state.select(escapes.group(1));
            }
        }
        state.append(html, text.substring(from));
        return html.toString();
    }

    private void append(StringBuilder html, String text) {
        if (text.isEmpty()) {
            return;
        }
        var classes = new ArrayList<String>();
        var styles = new ArrayList<String>();
        paint(foreground, "color", "f", classes, styles);
        paint(background, "background-color", "b", classes, styles);
        add(classes, bold, "bold");
        add(classes, faint, "faint");
        add(classes, italic, "italic");
        add(classes, underlined, "under");
        if (classes.isEmpty() && styles.isEmpty()) {
            html.append(Html.escape(text));
            return;
        }
        html.append("<span");
        if (!classes.isEmpty()) {
            html.append(" class=\"").append(String.join(" ", classes)).append('"');
        }
        if (!styles.isEmpty()) {
            html.append(" style=\"").append(String.join(";", styles)).append('"');
        }
        html.append('>').append(Html.escape(text)).append("</span>");
    }

    private static void add(List<String> classes, boolean on, String name) {
        if (on) {
            classes.add(name);
        }
    }

    /** A colour is one of the sixteen by number, which the theme chooses, or a fixed one. */
    private static void paint(
            String colour, String property, String prefix, List<String> classes, List<String> styles) {
        if (colour.startsWith("#")) {
            styles.add(property + ":" + colour);
        } else if (!colour.isEmpty()) {
            classes.add(prefix + colour);
        }
    }

    private void select(String parameters) {
        String[] codes = parameters.isEmpty() ? new String[] {"0"} : parameters.split("[;:]");
        for (int i = 0; i < codes.length; i++) {
            int code = number(codes[i]);
            if (code == 38 || code == 48) {
                int used = extended(codes, i, code == 38);
                i += used;
            } else {
                select(code);
            }
        }
    }

    private void select(int code) {
        switch (code) {
            case 0 -> {
                foreground = "";
                background = "";
                bold = false;
                faint = false;
                italic = false;
                underlined = false;
            }
            case 1 -> bold = true;
            case 2 -> faint = true;
            case 3 -> italic = true;
            case 4 -> underlined = true;
            case 22 -> {
                bold = false;
                faint = false;
            }
            case 23 -> italic = false;
            case 24 -> underlined = false;
            case 39 -> foreground = "";
            case 49 -> background = "";
            default -> {
                if (code >= 30 && code <= 37) {
                    foreground = Integer.toString(code - 30);
                } else if (code >= 90 && code <= 97) {
                    foreground = Integer.toString(code - 90 + 8);
                } else if (code >= 40 && code <= 47) {
                    background = Integer.toString(code - 40);
                } else if (code >= 100 && code <= 107) {
                    background = Integer.toString(code - 100 + 8);
                }
            }
        }
    }

    /** 38;5;n or 38;2;r;g;b. */
    private int extended(String[] codes, int at, boolean isForeground) {
        int kind = at + 1 < codes.length ? number(codes[at + 1]) : 0;
        if (kind == 5 && at + 2 < codes.length) {
            set(isForeground, indexed(number(codes[at + 2])));
            return 2;
        }
        if (kind == 2 && at + 4 < codes.length) {
            set(isForeground, rgb(number(codes[at + 2]), number(codes[at + 3]), number(codes[at + 4])));
            return 4;
        }
        return codes.length - at - 1;
    }

    private void set(boolean isForeground, String colour) {
        if (isForeground) {
            foreground = colour;
        } else {
            background = colour;
        }
    }

    private static String indexed(int n) {
        if (n < 16) {
            return Integer.toString(Math.max(0, n));
        }
        if (n >= 232) {
            int grey = 8 + 10 * (Math.min(n, 255) - 232);
            return rgb(grey, grey, grey);
        }
        int cube = n - 16;
        return rgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
    }

    private static int level(int step) {
        return step == 0 ? 0 : 55 + 40 * step;
    }

    private static String rgb(int red, int green, int blue) {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red & 255, green & 255, blue & 255);
    }

    private static int number(String digits) {
        try {
            return digits.isEmpty() ? 0 : Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
