package org.tailrace.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Draws an executed notebook as one HTML page that needs nothing else: no script, no font, no style sheet, no image from
 * outside. It follows the reader's light or dark preference and reads well on a phone.
 */
final class HtmlExporter {

    private static final String STYLE = resource("page.css");

    private final Path folder;

    /** @param folder where the notebook lies: images named in its markdown are read from there */
    HtmlExporter(Path folder) {
        this.folder = folder;
    }

    /** @param title what the page is called if the notebook has no heading of its own */
    String export(Notebook notebook, String title) {
        var page = new StringBuilder(64 << 10);
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(Html.escape(headingOf(notebook, title)))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n");
        for (NotebookCell cell : notebook.cells()) {
            if (cell.isMarkdown()) {
                String text = new MarkdownText(folder, cell.json().path("attachments")).render(cell.source());
                page.append("<section class=\"text\">\n").append(text).append("</section>\n");
            } else if (cell.isCode()) {
                code(page, cell);
            }
        }
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private void code(StringBuilder page, NotebookCell cell) {
        if (cell.isBlank() && cell.outputs().isEmpty()) {
            return;
        }
        page.append("<section class=\"cell\">\n");
        if (!cell.isBlank()) {
            page.append("<div class=\"source\">");
            if (cell.executionCount() > 0) {
                page.append("<span class=\"count\" title=\"cell ")
                        .append(cell.executionCount())
                        .append("\">")
                        .append(cell.executionCount())
                        .append("</span>");
            }
            page.append("<pre><code>").append(CodeColours.html(cell.source())).append("</code></pre></div>\n");
        }
        for (JsonNode output : cell.outputs()) {
            String html = OutputHtml.of(output, folder);
            if (!html.isEmpty()) {
                page.append("<div class=\"output\">").append(html).append("</div>\n");
            }
        }
        page.append("</section>\n");
    }

    private static String headingOf(Notebook notebook, String title) {
        return notebook.cells().stream()
                .filter(NotebookCell::isMarkdown)
                .flatMap(cell -> cell.source().lines())
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2).strip().replaceAll("[`*_]", ""))
                .findFirst()
                .orElse(title);
    }

    private static String resource(String name) {
        try (InputStream in = HtmlExporter.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
