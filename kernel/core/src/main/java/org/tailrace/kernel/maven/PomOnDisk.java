package org.tailrace.kernel.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.jspecify.annotations.Nullable;

/**
 * Makes the resolver read a POM file as if it were that of {@link #ARTIFACT}: so its parent, its properties and what it
 * manages count as in Maven.
 */
final class PomOnDisk implements WorkspaceReader {

    static final Artifact ARTIFACT = new DefaultArtifact("org.tailrace.notebook", "pom", "pom", "1");

    private final WorkspaceRepository repository = new WorkspaceRepository("notebook");
    private final File pom;

    PomOnDisk(Path pom) {
        this.pom = pom.toAbsolutePath().toFile();
    }

    @Override
    public WorkspaceRepository getRepository() {
        return repository;
    }

    @Override
    public @Nullable File findArtifact(Artifact artifact) {
        return artifact.getGroupId().equals(ARTIFACT.getGroupId())
                        && artifact.getArtifactId().equals(ARTIFACT.getArtifactId())
                ? pom
                : null;
    }

    @Override
    public List<String> findVersions(Artifact artifact) {
        return List.of();
    }
}
