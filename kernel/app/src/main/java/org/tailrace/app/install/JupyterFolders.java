package org.tailrace.app.install;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where Jupyter looks for kernels. */
public final class JupyterFolders {

    private JupyterFolders() {}

    /** Below a prefix, such as that of a virtual environment. */
    public static Path ofPrefix(Path prefix) {
        return prefix.resolve("share").resolve("jupyter").resolve("kernels");
    }

    /**
     * The user's own folder, by Jupyter's rules.
     *
     * @param environment the process's variables
     * @param os {@code os.name}
     */
    public static Path ofUser(Map<String, String> environment, String os, Path home) {
        return data(environment, os.toLowerCase(Locale.ROOT), home).resolve("kernels");
    }

    private static Path data(Map<String, String> environment, String os, Path home) {
        String chosen = environment.getOrDefault("JUPYTER_DATA_DIR", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        if (os.startsWith("windows")) {
            String roaming = environment.getOrDefault("APPDATA", "");
            return (roaming.isEmpty() ? home.resolve("AppData").resolve("Roaming") : Path.of(roaming))
                    .resolve("jupyter");
        }
        if (os.startsWith("mac")) {
            return home.resolve("Library").resolve("Jupyter");
        }
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        return (xdg.isEmpty() ? home.resolve(".local").resolve("share") : Path.of(xdg)).resolve("jupyter");
    }
}
