package org.tailrace.magics;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/** The process that is killed: a kernel whose cell has started a durable query. Says {@code READY} then, and lives on. */
public final class KilledKernel {
    private KilledKernel() {}

    /** The cell: copies files from {@code in} to {@code out}, row by row. */
    static String cell(Path folder) {
        return "var copy = streams.source(\"csv\").option(\"path\", \"" + folder.resolve("in")
                + "\").option(\"maxFilesPerTrigger\", 1).schema(\"k string, v int\").load()"
                + ".to(files(\"" + folder.resolve("out") + "\").csv()).append().asFastAsPossible().checkpoint(\""
                + folder.resolve("checkpoint") + "\").start(\"copy\");";
    }

    /** Arguments: the folder of known queries, and that of {@link #cell}. */
    public static void main(String[] arguments) throws Exception {
        // A kernel takes these over.
        PrintStream output = System.out;
        InputStream input = System.in;
        var kernel = new TestNotebook(Path.of(arguments[0]));
        kernel.ok(cell(Path.of(arguments[1])));
        output.println("READY");
        System.exit(input.read() + 1);
    }
}
