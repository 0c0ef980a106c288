package org.tailrace.render;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes one SVG picture. All text goes through {@link Escape}; the ground stays transparent. */
final class Svg {
    static final String FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

    private final StringBuilder out = new StringBuilder(8192);
    final int width;
    final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" font-family=\"")
                .append(FONT)
                .append("\" font-size=\"11\">");
    }

    private Svg attribute(String name, double value) {
        out.append(' ')
                .append(name)
                .append("=\"")
                .append(Numbers.coordinate(value))
                .append('"');
        return this;
    }

    private Svg attribute(String name, String value) {
        out.append(' ').append(name).append("=\"").append(value).append('"');
        return this;
    }

    private void opacity(String name, double value) {
        if (value < 1) {
            attribute(name, Numbers.fixed(value, 2));
        }
    }

    Svg rect(double x, double y, double w, double h, String fill, double opacity) {
        open("rect", x, y, w, h, fill, opacity);
        out.append("/>");
        return this;
    }

    private void open(String tag, double x, double y, double w, double h, String fill, double opacity) {
        out.append('<').append(tag);
        attribute("x", x).attribute("y", y).attribute("width", Math.max(0, w)).attribute("height", Math.max(0, h));
        attribute("fill", fill);
        opacity("fill-opacity", opacity);
    }

    /** A box with an outline, dashed unless it is settled. */
    Svg box(double x, double y, double w, double h, String colour, double fill, double stroke, boolean dashed) {
        open("rect", x, y, w, h, colour, fill);
        attribute("rx", "2").attribute("stroke", colour);
        opacity("stroke-opacity", stroke);
        if (dashed) {
            attribute("stroke-dasharray", "3 2");
        }
        out.append("/>");
        return this;
    }

    Svg line(double x1, double y1, double x2, double y2, String colour, double width, double opacity) {
        return line(x1, y1, x2, y2, colour, width, opacity, "");
    }

    Svg line(double x1, double y1, double x2, double y2, String colour, double width, double opacity, String dashes) {
        out.append("<line");
        attribute("x1", x1).attribute("y1", y1).attribute("x2", x2).attribute("y2", y2);
        attribute("stroke", colour).attribute("stroke-width", Numbers.fixed(width, 2));
        opacity("stroke-opacity", opacity);
        if (!dashes.isEmpty()) {
            attribute("stroke-dasharray", dashes);
        }
        out.append("/>");
        return this;
    }

    Svg path(CharSequence data, String colour, double width) {
        out.append("<path");
        attribute("d", data.toString()).attribute("fill", "none").attribute("stroke", colour);
        attribute("stroke-width", Numbers.fixed(width, 2)).attribute("stroke-linejoin", "round");
        attribute("stroke-linecap", "round");
        out.append("/>");
        return this;
    }

    Svg circle(double x, double y, double radius, String fill, double opacity) {
        out.append("<circle");
        attribute("cx", x).attribute("cy", y).attribute("r", radius).attribute("fill", fill);
        opacity("fill-opacity", opacity);
        out.append("/>");
        return this;
    }

    /** A small ×, for what did not count. */
    Svg cross(double x, double y) {
        return path(
                "M" + Numbers.coordinate(x - 3) + "," + Numbers.coordinate(y - 3) + "l6,6m0,-6l-6,6", Palette.RED, 1.6);
    }

    /** Text at a size of 11. */
    Svg text(double x, double y, String text, String colour, Anchor anchor) {
        return text(x, y, text, colour, anchor, 11, false);
    }

    Svg text(double x, double y, String text, String colour, Anchor anchor, double size, boolean bold) {
        out.append("<text");
        attribute("x", x).attribute("y", y).attribute("fill", colour);
        if (anchor != Anchor.START) {
            attribute("text-anchor", anchor == Anchor.END ? "end" : "middle");
        }
        if (size != 11) {
            attribute("font-size", Numbers.coordinate(size));
        }
        if (bold) {
            attribute("font-weight", "600");
        }
        out.append('>').append(Escape.markup(text)).append("</text>");
        return this;
    }

    enum Anchor {
        START,
        MIDDLE,
        END
    }

    String text() {
        return out + "</svg>";
    }

    /** The picture as an {@code <img>}, no wider than its place. */
    String image(String alt) {
        String data = Base64.getEncoder().encodeToString(text().getBytes(StandardCharsets.UTF_8));
        return "<img alt=\"" + Escape.markup(alt) + "\" width=\"" + width
                + "\" style=\"max-width:100%;height:auto\" src=\"data:image/svg+xml;base64," + data + "\">";
    }
}
