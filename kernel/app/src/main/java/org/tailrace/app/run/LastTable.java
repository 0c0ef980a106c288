package org.tailrace.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The text twin of the last table that a notebook shows; of its last display if it shows none. */
final class LastTable {

    private LastTable() {}

    static Optional<String> of(Notebook notebook) {
        Optional<String> table = Optional.empty();
        Optional<String> any = Optional.empty();
        for (NotebookCell cell : notebook.cells()) {
            for (JsonNode output : cell.outputs()) {
                JsonNode data = output.path("data");
                String text = NotebookJson.text(data.path("text/plain"));
                if (text.isBlank()) {
                    continue;
                }
                any = Optional.of(text);
                if (NotebookJson.text(data.path("text/html")).contains("<table")) {
                    table = any;
                }
            }
        }
        return table.isPresent() ? table : any;
    }
}
