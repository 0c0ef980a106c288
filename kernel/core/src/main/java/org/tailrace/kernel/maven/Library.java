package org.tailrace.kernel.maven;

import java.nio.file.Path;

/**
 * A library that was found.
 *
 * @param name all of its coordinates but the version
 */
public record Library(String name, String version, Path file) {

    @Override
    public String toString() {
        return name + ":" + version;
    }
}
