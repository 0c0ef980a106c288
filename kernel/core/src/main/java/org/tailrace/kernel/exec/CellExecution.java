package org.tailrace.kernel.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tailrace.kernel.lang.CellPart;
import org.tailrace.kernel.lang.JavaPiece;
import org.tailrace.kernel.lang.MagicParser;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.Magic;

/** Runs the text of a cell, Java and magics in their order, on the calling thread. */
final class CellExecution {

    private record Prepared(CellPart part, List<JavaPiece> pieces, Origin origin) {}

    private final JavaRunner java;
    private final Map<String, Magic> magics;
    private final MagicParser parser;

    CellExecution(JavaRunner java, Map<String, Magic> magics) {
        this.java = java;
        this.magics = magics;
        this.parser = new MagicParser(magics::containsKey);
    }

    /**
     * Reads all of the text first: nothing runs if a part of it cannot be parsed.
     *
     * @return the value of its last part
     */
    Optional<Object> run(String text, Origin origin, Cell cell) throws Throwable {
        var prepared = new ArrayList<Prepared>();
        for (var part : parser.parse(text)) {
            prepared.add(prepare(part, origin));
        }
        checkSyntax(prepared);
        Optional<Object> value = Optional.empty();
        for (var each : prepared) {
            JavaRunner.checkStop();
            value = each.part() instanceof CellPart.Magic magic
                            && magic.target().isEmpty()
                    ? run(magic, each.origin(), cell)
                    : java.run(each.pieces(), each.origin());
        }
        return value;
    }

    private Prepared prepare(CellPart part, Origin origin) throws CompileFailure {
        if (part instanceof CellPart.Java code) {
            var at = origin.plus(code.start());
            return new Prepared(code, java.parse(code.source(), at), at);
        }
        var magic = (CellPart.Magic) part;
        var at = origin.plus(magic.start() - magic.target().length());
        return new Prepared(magic, magic.target().isEmpty() ? List.of() : java.parse(assignment(magic), at), at);
    }

    private static String assignment(CellPart.Magic magic) {
        var words = magic.call().arguments().stream()
                .map(word -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(", "));
        return magic.target() + "lineMagic(\"" + magic.call().name() + "\", java.util.List.of(" + words + "));";
    }

    /** Of a cell of one piece nothing runs before the compiler has seen it. */
    private void checkSyntax(List<Prepared> prepared) throws CompileFailure {
        if (prepared.size() > 1
                || prepared.stream().anyMatch(each -> each.pieces().size() > 1)) {
            for (var each : prepared) {
                if (!each.pieces().isEmpty()) {
                    java.checkAll(each.pieces(), each.origin());
                }
            }
        }
    }

    private Optional<Object> run(CellPart.Magic written, Origin origin, Cell cell) throws Exception {
        var name = written.call().name();
        var magic = magics.get(name);
        if (magic == null) {
            throw problem(written, origin, "there is no magic %" + name + "; there are " + names());
        }
        if (written.cellMagic() && magic.kind() == Magic.Kind.LINE) {
            throw problem(written, origin, "%" + name + " is written with one per cent sign");
        }
        if (!written.cellMagic() && magic.kind() == Magic.Kind.CELL) {
            throw problem(written, origin, "%%" + name + " is written with two, on the first line of a cell");
        }
        return magic.run(written.call(), cell);
    }

    private static CompileFailure problem(CellPart.Magic written, Origin origin, String message) {
        int signs = written.cellMagic() ? 2 : 1;
        int length = signs + written.call().name().length();
        return new CompileFailure(List.of(new Problem(origin.at(0), length, message)));
    }

    private String names() {
        var names = new TreeSet<String>();
        magics.values().forEach(magic -> names.add((magic.kind() == Magic.Kind.CELL ? "%%" : "%") + magic.name()));
        return String.join(" ", names);
    }
}
