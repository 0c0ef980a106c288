package org.tailrace.app.run;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text and pictures as HTML. */
final class Html {

    private Html() {}

    static String escape(String text) {
        var html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
        return html.toString();
    }

    /** A data URI of text, such as an SVG document. */
    static String dataUri(String type, String text) {
        return dataUri(type, text.getBytes(StandardCharsets.UTF_8));
    }

    static String dataUri(String type, byte[] bytes) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
