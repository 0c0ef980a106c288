package org.tailrace.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tailrace.app.run.ChildRun;
import org.tailrace.app.run.NotebookException;
import org.tailrace.app.run.ResultCheck;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.ErrorAdvisor;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.KernelPlugin;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;

/** {@code %check}: whether a saved notebook's replays come out again. */
public final class CheckPlugin implements KernelPlugin {

    @Override
    public void start(KernelHost host) {
        host.register(new Check());
        host.register((ErrorAdvisor) (failure, site) -> failure instanceof Failed failed
                ? Optional.of(new ErrorAdvisor.Advice(failed.code, failed.text))
                : Optional.empty());
    }

    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;
        private final String text;

        Failed(String code, String text) {
            super(code + " " + text);
            this.code = code;
            this.text = text;
        }
    }

    private static final class Check implements Magic {
        @Override
        public String name() {
            return "check";
        }

        @Override
        public Kind kind() {
            return Kind.LINE;
        }

        @Override
        public String usage() {
            return "%check [notebook.ipynb]";
        }

        @Override
        public String summary() {
            return "Runs the saved notebook again in a process of its own and compares what its replays come to.";
        }

        @Override
        public Optional<Object> run(MagicCall call, Cell cell) throws Exception {
            if (System.getenv(ChildRun.CHECKING) != null) {
                return Optional.of("being checked");
            }
            Path file = file(call);
            ResultCheck check;
            try {
                check = ResultCheck.of(file, Main.class.getName(), Main.RUN_HERE);
            } catch (NotebookException e) {
                throw new Failed("TR-807", e.getMessage());
            }
            if (!check.differences().isEmpty()) {
                throw new Failed("TR-806", check.text());
            }
            return Optional.of(check.text());
        }

        private static Path file(MagicCall call) throws Failed {
            var words = call.arguments();
            String session =
                    Optional.ofNullable(System.getenv("JPY_SESSION_NAME")).orElse("");
            String name = words.isEmpty() ? session : words.get(0);
            if (name.isEmpty() || !Files.isRegularFile(Path.of(name))) {
                throw new Failed(
                        "TR-807",
                        name.isEmpty()
                                ? "%check does not know the notebook's file; write %check notebook.ipynb"
                                : "there is no file " + name + "; write %check notebook.ipynb");
            }
            return Path.of(name);
        }
    }
}
