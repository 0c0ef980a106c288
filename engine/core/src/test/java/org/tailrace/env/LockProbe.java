package org.tailrace.env;

import java.nio.file.Path;

/** The main class of a process that says whether it could take a lock. */
final class LockProbe {
    private LockProbe() {}

    public static void main(String[] arguments) throws Exception {
        try (AutoCloseable lock = SystemEnvironment.create().files().lock(Path.of(arguments[0]), "probe")) {
            System.out.println("free");
        } catch (FileSystem.LockedException e) {
            System.out.println("held");
        }
    }
}
