package org.tailrace.state;

import java.io.IOException;
import java.nio.file.Path;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;

/** What can be wrong with a checkpoint. */
final class Damage {
    private static final String ANOTHER =
            "start the query with another checkpoint folder, or remove this one to start from nothing";

    private Damage() {}

    static CheckpointException missing(Path directory) {
        return new CheckpointException(Problem.of("TR-601", "checkpoint " + directory + " has logs but no metadata")
                .because(
                        "the file that says which query it is has been lost; a new identity would make every row twice")
                .fix(ANOTHER));
    }

    static CheckpointException file(Path file, String why) {
        return new CheckpointException(Problem.of("TR-602", "checkpoint file " + file + " is damaged")
                .because(why)
                .fix(ANOTHER));
    }

    static CheckpointException inUse(Path directory, String holder) {
        return new CheckpointException(Problem.of("TR-603", "checkpoint " + directory + " is in use")
                .have("held by " + holder)
                .fix("stop that query first, or use another checkpoint folder"));
    }

    static CheckpointException takenOver(Path directory) {
        return new CheckpointException(Problem.of("TR-608", "checkpoint " + directory + " has been taken over")
                .because("its lock file is not the one that this query holds: it was removed while the query ran")
                .fix("stop this query; whoever has the checkpoint now goes on with it"));
    }

    static CheckpointException version(Path file, int format) {
        return new CheckpointException(
                Problem.of("TR-605", "checkpoint file " + file + " has the unknown format version " + format)
                        .have("this Tailrace reads version " + FrameFile.FORMAT)
                        .fix("use the Tailrace that wrote it, or another checkpoint folder"));
    }

    static CheckpointException io(Path path, String doing, IOException cause) {
        return new CheckpointException(
                Problem.of("TR-606", "checkpoint " + path + " cannot be " + doing)
                        .because(String.valueOf(cause.getMessage()))
                        .fix("when the cause is gone, retry() goes on where the query stopped"),
                cause);
    }

    static CheckpointException link(Path directory, Path real) {
        return new CheckpointException(Problem.of("TR-607", "checkpoint " + directory + " is a symbolic link")
                .have("it leads to " + real)
                .fix("name the folder itself"));
    }
}
