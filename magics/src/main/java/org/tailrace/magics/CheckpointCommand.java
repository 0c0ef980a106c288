package org.tailrace.magics;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.ServiceLoader;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.CheckpointException;
import org.tailrace.kernel.spi.Command;
import org.tailrace.render.CheckpointText;
import org.tailrace.report.CheckpointReport;
import org.tailrace.spi.Backend;

/** {@code checkpoint DIR}: prints what is inside a checkpoint and checks every record, also beside the query that writes it. */
public final class CheckpointCommand implements Command {

    @Override
    public String name() {
        return "checkpoint";
    }

    @Override
    public String operands() {
        return "DIR";
    }

    @Override
    public boolean run(List<String> arguments, PrintStream out, PrintStream err) throws WrongUse {
        if (arguments.size() != 1) {
            throw new WrongUse("checkpoint takes one thing, the folder of a checkpoint");
        }
        Path folder = Path.of(arguments.get(0));
        if (!Files.isDirectory(folder)) {
            throw new WrongUse("checkpoint: no such folder: " + folder);
        }
        try {
            CheckpointReport report = ServiceLoader.load(Backend.class)
                    .findFirst()
                    .orElseThrow()
                    .checkpoint(folder, true, SystemEnvironment.create());
            out.print(CheckpointText.of(report, ZoneOffset.UTC));
            return report.healthy();
        } catch (CheckpointException e) {
            err.println("tailrace: " + e.getMessage());
            return false;
        }
    }
}
