package org.tailrace.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;

/** One output of an executed cell as HTML: the richest form of its bundle that a page can show. */
final class OutputHtml {

    private OutputHtml() {}

    /** Empty for an output with nothing to show. */
    static String of(JsonNode output, Path folder) {
        return switch (output.path("output_type").asText()) {
            case "stream" -> stream(output);
            case "error" -> error(output);
            case "display_data", "execute_result" -> bundle(output.path("data"), folder);
            default -> "";
        };
    }

    private static String stream(JsonNode output) {
        String text = Ansi.toHtml(overtyped(NotebookJson.text(output.path("text"))));
        String name = output.path("name").asText().equals("stderr") ? "stream stderr" : "stream";
        return "<pre class=\"" + name + "\">" + text + "</pre>";
    }

    private static String error(JsonNode output) {
        var text = new StringBuilder();
        output.path("traceback").forEach(line -> text.append(line.asText()).append('\n'));
        if (text.isEmpty()) {
            text.append(output.path("ename").asText())
                    .append(": ")
                    .append(output.path("evalue").asText());
        }
        return "<pre class=\"error\">" + Ansi.toHtml(text.toString().stripTrailing()) + "</pre>";
    }

    private static String bundle(JsonNode data, Path folder) {
        String html = NotebookJson.text(data.path("text/html"));
        if (!html.isEmpty()) {
            return html;
        }
        String svg = NotebookJson.text(data.path("image/svg+xml"));
        if (!svg.isEmpty()) {
            return image(Html.dataUri("image/svg+xml", svg));
        }
        for (String type : new String[] {"image/png", "image/jpeg", "image/gif", "image/webp"}) {
            String base64 = NotebookJson.text(data.path(type)).replaceAll("\\s", "");
            if (!base64.isEmpty()) {
                return image("data:" + type + ";base64," + Html.escape(base64));
            }
        }
        String markdown = NotebookJson.text(data.path("text/markdown"));
        if (!markdown.isEmpty()) {
            return "<div class=\"text\">" + new MarkdownText(folder, MissingNode.getInstance()).render(markdown)
                    + "</div>";
        }
        String plain = NotebookJson.text(data.path("text/plain"));
        return plain.isEmpty() ? "" : "<pre class=\"value\">" + Ansi.toHtml(plain) + "</pre>";
    }

    private static String image(String uri) {
        return "<img alt=\"\" src=\"" + uri + "\">";
    }

    /** A carriage return begins its line anew, as progress bars use it. */
    private static String overtyped(String text) {
        if (text.indexOf('\r') < 0) {
            return text;
        }
        var lines = new StringBuilder();
        for (String line : text.replace("\r\n", "\n").split("\n", -1)) {
            String kept = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            lines.append(kept, kept.lastIndexOf('\r') + 1, kept.length()).append('\n');
        }
        lines.setLength(lines.length() - 1);
        return lines.toString();
    }
}
