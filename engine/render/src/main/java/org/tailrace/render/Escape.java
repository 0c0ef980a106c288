package org.tailrace.render;

/** The one place where data become text of HTML or SVG. */
final class Escape {
    private Escape() {}

    /** Markup characters as entities; what no XML parser accepts becomes U+FFFD; line breaks and tabs become blanks. */
    static String markup(String text) {
        StringBuilder out = null;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            String replacement = null;
            if (c == '&') {
                replacement = "&amp;";
            } else if (c == '<') {
                replacement = "&lt;";
            } else if (c == '>') {
                replacement = "&gt;";
            } else if (c == '"') {
                replacement = "&quot;";
            } else if (c == '\'') {
                replacement = "&#39;";
            } else if (c == '\n' || c == '\t' || c == '\r') {
                replacement = " ";
            } else if (unprintable(c) || lone(text, i)) {
                replacement = "\uFFFD";
            }
            if (replacement != null && out == null) {
                out = new StringBuilder(length + 16).append(text, 0, i);
            }
            if (out != null) {
                if (replacement != null) {
                    out.append(replacement);
                } else {
                    out.append(c);
                }
            }
        }
        return out == null ? text : out.toString();
    }

    /** For plain text: control characters, which a terminal could obey, become U+FFFD; line breaks become blanks. */
    static String plain(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c == '\n' || c == '\t' || c == '\r';
            if (blank || unprintable(c) || lone(text, i)) {
                if (out == null) {
                    out = new StringBuilder(text);
                }
                out.setCharAt(i, blank ? ' ' : '\uFFFD');
            }
        }
        return out == null ? text : out.toString();
    }

    private static boolean unprintable(char c) {
        return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == '\uFFFE' || c == '\uFFFF' || bidirectional(c);
    }

    /** Marks that would turn the text after them around, beyond their own cell. */
    private static boolean bidirectional(char c) {
        return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    }

    private static boolean lone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
