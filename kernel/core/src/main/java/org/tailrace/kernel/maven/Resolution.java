package org.tailrace.kernel.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.AbstractRepositoryListener;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryEvent;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.repository.JreProxySelector;

/** Maven's resolver, set up so that nothing comes unchecked. */
final class Resolution {

    private static final int PATIENCE_MS = 60_000;

    private final RepositorySystem system = new RepositorySystemSupplier().get();
    private final LocalRepository local;

    Resolution(Path local) {
        this.local = new LocalRepository(local.toFile());
    }

    List<Library> libraries(List<String> coordinates, Map<String, String> repositories, MavenLibraries.Search search)
            throws IOException {
        var session = session(search);
        var wanted = new CollectRequest();
        for (var each : coordinates) {
            wanted.addDependency(new Dependency(artifact(each), JavaScopes.RUNTIME));
        }
        wanted.setRepositories(remotes(repositories, session));
        return resolve(wanted, List.of(), session);
    }

    private static Artifact artifact(String coordinates) throws IOException {
        try {
            return new DefaultArtifact(coordinates);
        } catch (IllegalArgumentException e) {
            throw new LibraryException(coordinates + " names no library: write group:artifact:version");
        }
    }

    List<Library> ofPom(Path pom, List<String> scopes, Map<String, String> repositories, MavenLibraries.Search search)
            throws IOException {
        var session = session(search);
        var stand = new PomOnDisk(pom);
        session.setWorkspaceReader(stand);
        var known = remotes(repositories, session);
        try {
            var request = new ArtifactDescriptorRequest(PomOnDisk.ARTIFACT, known, null);
            var declared = system.readArtifactDescriptor(session, request);
            if (!declared.getExceptions().isEmpty()) {
                throw new LibraryException(pom + " cannot be read: "
                        + declared.getExceptions().get(0).getMessage());
            }
            var all = new ArrayList<>(known);
            for (var each : declared.getRepositories()) {
                if (!repositories.containsKey(each.getId()) && !each.getId().equals("central")) {
                    MavenLibraries.requireSafe(each.getId(), each.getUrl());
                    all.add(remote(each.getId(), each.getUrl(), session));
                }
            }
            var wanted = new CollectRequest();
            wanted.setDependencies(declared.getDependencies());
            wanted.setManagedDependencies(declared.getManagedDependencies());
            wanted.setRepositories(all);
            return resolve(wanted, scopes, session);
        } catch (RepositoryException e) {
            throw new LibraryException(e.getMessage());
        }
    }

    private List<Library> resolve(CollectRequest wanted, List<String> scopes, DefaultRepositorySystemSession session)
            throws IOException {
        var filter = DependencyFilterUtils.classpathFilter(scopes.isEmpty() ? List.of(JavaScopes.RUNTIME) : scopes);
        try {
            var found = system.resolveDependencies(session, new DependencyRequest(wanted, filter));
            return found.getArtifactResults().stream()
                    .map(ArtifactResult::getArtifact)
                    .filter(artifact -> !artifact.getExtension().equals("pom"))
                    .map(Resolution::library)
                    .toList();
        } catch (RepositoryException e) {
            throw new LibraryException(e.getMessage());
        }
    }

    private static Library library(Artifact artifact) {
        var name = artifact.getGroupId() + ":" + artifact.getArtifactId();
        var more = artifact.getClassifier().isEmpty()
                ? ""
                : ":" + artifact.getExtension() + ":" + artifact.getClassifier();
        return new Library(
                name + more, artifact.getVersion(), artifact.getFile().toPath());
    }

    private List<RemoteRepository> remotes(Map<String, String> repositories, DefaultRepositorySystemSession session) {
        var remotes = new ArrayList<RemoteRepository>();
        repositories.forEach((id, url) -> remotes.add(remote(id, url, session)));
        return remotes;
    }

    private static RemoteRepository remote(String id, String url, DefaultRepositorySystemSession session) {
        var plain = new RemoteRepository.Builder(id, "default", url)
                .setPolicy(new RepositoryPolicy(
                        true, RepositoryPolicy.UPDATE_POLICY_DAILY, RepositoryPolicy.CHECKSUM_POLICY_FAIL))
                .build();
        return new RemoteRepository.Builder(plain)
                .setProxy(session.getProxySelector().getProxy(plain))
                .build();
    }

    private DefaultRepositorySystemSession session(MavenLibraries.Search search) {
        var session = MavenRepositorySystemUtils.newSession();
        session.setLocalRepositoryManager(system.newLocalRepositoryManager(session, local));
        // poms that ask for the JDK's version cannot be read without, and their dependencies would silently be left out
        session.setSystemProperties(System.getProperties());
        session.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        session.setOffline(search.offline());
        session.setProxySelector(new JreProxySelector());
        session.setConfigProperty("aether.connector.requestTimeout", PATIENCE_MS);
        // a library's pom may name any server
        session.setIgnoreArtifactDescriptorRepositories(true);
        session.setRepositoryListener(new AbstractRepositoryListener() {
            @Override
            public void artifactDescriptorInvalid(RepositoryEvent event) {
                note(event, "cannot be read");
            }

            @Override
            public void artifactDescriptorMissing(RepositoryEvent event) {
                note(event, "is missing");
            }

            private void note(RepositoryEvent event, String what) {
                search.notes()
                        .accept("the POM of " + event.getArtifact() + " " + what
                                + ", so nothing that it depends on is added");
            }
        });
        return session;
    }
}
