package org.tailrace.app;

import java.util.function.Consumer;
import org.tailrace.app.run.Session;
import org.tailrace.kernel.exec.JShellInterpreter;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.output.OutputSink;

/** Puts the kernel together without a front end: JShell, every plug-in of the jar, and a sink for their output. */
final class Sessions {

    private Sessions() {}

    /** @param log takes lines that belong to no cell */
    static Session open(OutputSink sink, Consumer<String> log) {
        var router = new OutputRouter(sink, log);
        return new Session(new JShellInterpreter(router, JShellInterpreter.installedPlugins(), log), router::close);
    }
}
