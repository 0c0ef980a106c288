package org.tailrace.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** A notebook document of nbformat 4. Reading one gives every cell an id, which makes it 4.5. */
final class Notebook {

    private final ObjectNode root;

    private Notebook(ObjectNode root) {
        this.root = root;
    }

    static Notebook parse(String json) throws NotebookException {
        JsonNode root;
        try {
            root = NotebookJson.read(json);
        } catch (JsonProcessingException e) {
            throw new NotebookException("not JSON: " + e.getOriginalMessage());
        }
        if (!(root instanceof ObjectNode object) || !object.path("cells").isArray()) {
            int major = root.path("nbformat").asInt(0);
            throw new NotebookException(
                    major > 0 && major < 4
                            ? "nbformat " + major + " is too old; convert it with jupyter nbconvert --to notebook"
                            : "not a notebook: it has no cells");
        }
        int major = object.path("nbformat").asInt(0);
        if (major != 4) {
            throw new NotebookException("nbformat " + major + " is not known, only 4");
        }
        if (object.path("nbformat_minor").asInt(0) < 5) {
            object.put("nbformat_minor", 5);
        }
        var notebook = new Notebook(object);
        notebook.nameCells();
        return notebook;
    }

    private void nameCells() {
        var taken = new HashSet<String>();
        int n = 0;
        for (NotebookCell cell : cells()) {
            n++;
            String id = cell.id();
            for (int i = 0; id.isEmpty() || !taken.add(id); i++) {
                id = "cell-" + n + (i == 0 ? "" : "-" + i);
            }
            cell.name(id);
        }
    }

    List<NotebookCell> cells() {
        var cells = new ArrayList<NotebookCell>();
        for (JsonNode cell : array()) {
            if (cell instanceof ObjectNode object) {
                cells.add(new NotebookCell(object));
            }
        }
        return cells;
    }

    Optional<NotebookCell> tagged(String tag) {
        return cells().stream().filter(c -> c.tags().contains(tag)).findFirst();
    }

    /** Puts a code cell behind another one, or first of all. */
    NotebookCell insertAfter(Optional<NotebookCell> place, String id, String tag, String source) {
        ObjectNode cell = root.objectNode();
        cell.put("cell_type", "code").put("id", id).putNull("execution_count");
        cell.putObject("metadata").putArray("tags").add(tag);
        cell.putArray("outputs");
        cell.put("source", source);
        List<NotebookCell> cells = cells();
        int at = place.map(p -> cells.indexOf(p) + 1).orElse(0);
        array().insert(at, cell);
        nameCells();
        return new NotebookCell(cell);
    }

    void remove(NotebookCell cell) {
        array().remove(cells().indexOf(cell));
    }

    /** Says whose language the cells are, as a front end would. */
    void stampKernel() {
        ObjectNode metadata = root.withObjectProperty("metadata");
        metadata.putObject("kernelspec")
                .put("display_name", "Java (Tailrace)")
                .put("language", "java")
                .put("name", "tailrace");
        metadata.putObject("language_info")
                .put("codemirror_mode", "text/x-java")
                .put("file_extension", ".jshell")
                .put("mimetype", "text/x-java")
                .put("name", "java")
                .put("pygments_lexer", "java");
    }

    /** The document as Jupyter itself would write it: sorted keys, one blank of indent, a newline at the end. */
    String toJson() {
        return NotebookJson.write(root);
    }

    private ArrayNode array() {
        return (ArrayNode) root.get("cells");
    }
}
