package org.tailrace.app;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.CheckpointException;
import org.tailrace.render.CheckpointText;
import org.tailrace.report.CheckpointReport;
import org.tailrace.state.CheckpointInspection;

/** {@code checkpoint DIR}: prints what is inside a checkpoint and checks every record, also beside the query that writes it. */
final class CheckpointCommand {

    private CheckpointCommand() {}

    static int run(List<String> arguments, PrintStream out, PrintStream err) throws UsageException {
        CommandLine line = CommandLine.parse("checkpoint", arguments, Set.of(), Set.of());
        Path folder = Path.of(line.operand("the folder of a checkpoint"));
        if (!Files.isDirectory(folder)) {
            throw new UsageException("checkpoint: no such folder: " + folder);
        }
        try {
            CheckpointReport report =
                    CheckpointInspection.of(SystemEnvironment.create().files(), folder, true);
            out.print(CheckpointText.of(report, ZoneOffset.UTC));
            return report.healthy() ? Main.OK : Main.FAILED;
        } catch (CheckpointException e) {
            err.println("tailrace: " + e.getMessage());
            return Main.FAILED;
        }
    }
}
