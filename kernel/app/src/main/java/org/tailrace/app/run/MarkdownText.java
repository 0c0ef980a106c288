package org.tailrace.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A markdown cell as HTML: its own tags are shown as text, and its images travel inside the page or become links. */
final class MarkdownText {

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new ImageDataUrls())
            .build();

    private static final Map<String, String> IMAGE_TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "webp", "image/webp",
            "svg", "image/svg+xml");

    private final Path folder;
    private final JsonNode attachments;

    MarkdownText(Path folder, JsonNode attachments) {
        this.folder = folder;
        this.attachments = attachments;
    }

    String render(String markdown) {
        Node document = PARSER.parse(markdown);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                visitChildren(image);
                embed(image);
            }
        });
        return RENDERER.render(document);
    }

    private void embed(Image image) {
        String destination = image.getDestination();
        if (destination.startsWith("data:image/")) {
            return;
        }
        Optional<String> data = destination.startsWith("attachment:")
                ? attachment(destination.substring("attachment:".length()))
                : file(destination);
        if (data.isPresent()) {
            image.setDestination(data.get());
            return;
        }
        var link = new Link(destination, image.getTitle());
        while (image.getFirstChild() != null) {
            link.appendChild(image.getFirstChild());
        }
        image.insertBefore(link);
        image.unlink();
    }

    private Optional<String> attachment(String name) {
        var bundle = attachments.path(name).fields();
        if (!bundle.hasNext()) {
            return Optional.empty();
        }
        var entry = bundle.next();
        return Optional.of("data:" + entry.getKey() + ";base64," + NotebookJson.text(entry.getValue()));
    }

    private Optional<String> file(String destination) {
        String extension =
                destination.substring(destination.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = IMAGE_TYPES.get(extension);
        if (type == null || destination.contains(":")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Html.dataUri(type, Files.readAllBytes(folder.resolve(destination))));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
