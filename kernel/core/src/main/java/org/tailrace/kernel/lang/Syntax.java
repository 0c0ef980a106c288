package org.tailrace.kernel.lang;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Whether pieces of a cell can be parsed at all. JShell's own look at a text finds where a piece ends and little else: it
 * takes {@code int x = ;} for complete. The compiler's parser is asked here, once for all pieces and without symbols, which
 * takes a few milliseconds. A piece is fine if it is, in some place, Java: a statement, a member of a class, what may
 * stand in a file, or an expression.
 */
public final class Syntax {

    /** Beyond its limit the compiler keeps errors to itself, and what it says nothing about counts as fine. */
    private static final List<String> OPTIONS = List.of("-proc:none", "-Xmaxerrs", "1000000");

    private static final int WAYS = 4;

    private static final class Attempt extends SimpleJavaFileObject {
        private final int piece;
        private final String text;

        Attempt(int piece, int way, String source) {
            super(URI.create("string:///piece" + piece + "way" + way + ".java"), Kind.SOURCE);
            this.piece = piece;
            this.text = wrapped(way, source);
        }

        private static String wrapped(int way, String source) {
            return switch (way) {
                case 0 -> "class C { void m() {\n" + source + "\n} }";
                case 1 -> "class C {\n" + source + "\n}";
                case 2 -> source + "\n";
                default -> "class C { Object o = (\n" + withoutSemicolon(source) + "\n); }";
            };
        }

        private static String withoutSemicolon(String source) {
            return source.endsWith(";") ? source.substring(0, source.length() - 1) : source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private Syntax() {}

    /** The pieces that cannot be parsed. On the thread that JShell is kept on. */
    public static List<JavaPiece> wrong(List<JavaPiece> pieces) {
        var attempts = IntStream.range(0, pieces.size() * WAYS)
                .mapToObj(i ->
                        new Attempt(i / WAYS, i % WAYS, pieces.get(i / WAYS).source()))
                .toList();
        Set<JavaFileObject> failed = new HashSet<>();
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        diagnostic -> {
                            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                                failed.add(diagnostic.getSource());
                            }
                        },
                        OPTIONS,
                        null,
                        attempts);
        try {
            task.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var fine = new HashSet<Integer>();
        for (var attempt : attempts) {
            if (!failed.contains(attempt)) {
                fine.add(attempt.piece);
            }
        }
        var wrong = new ArrayList<JavaPiece>();
        for (int i = 0; i < pieces.size(); i++) {
            if (!fine.contains(i)) {
                wrong.add(pieces.get(i));
            }
        }
        return wrong;
    }
}
