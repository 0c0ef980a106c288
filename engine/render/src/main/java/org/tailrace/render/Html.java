package org.tailrace.render;

/** Pieces of HTML that every view is made of. */
final class Html {
    static final String FONT = Svg.FONT;
    static final int WIDTH = 720;

    private Html() {}

    static String bold(String text) {
        return "<b style=\"font-weight:600\">" + Escape.markup(text) + "</b>";
    }

    static String coloured(String text, String colour) {
        // <font> stays where styles are dropped
        return "<font color=\"" + colour + "\" style=\"color:" + colour + "\">" + Escape.markup(text) + "</font>";
    }

    static String quiet(String text) {
        return "<span style=\"opacity:0.7\">" + Escape.markup(text) + "</span>";
    }

    /** A line of small print. */
    static String caption(String html) {
        return "<div style=\"font-family:" + FONT + ";font-size:12px;line-height:1.4;opacity:0.7;padding:2px 0px\">"
                + html + "</div>";
    }

    /** @param subtitle HTML */
    static String figure(String title, String subtitle, String image) {
        return "<div style=\"font-family:" + FONT + ";max-width:" + WIDTH
                + "px;margin:10px 0px 4px 0px;line-height:1.35\"><b style=\"font-size:13px;font-weight:600\">"
                + Escape.markup(title) + "</b><br><small style=\"font-size:11.5px;opacity:0.7\">" + subtitle
                + "</small><br>" + image + "</div>";
    }

    /** The body of a view, indented to the card's text. */
    static String body(String html) {
        return "<div style=\"padding:4px 0px 0px 15px\">" + html + "</div>";
    }
}
