package org.tailrace.kernel.maven;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds libraries and what they depend on, in repositories that are asked over https and whose checksums must hold, and
 * keeps them in the user's local Maven repository. Maven's own classes are loaded with the first question. From any thread.
 */
public final class MavenLibraries {

    /**
     * How to look.
     *
     * @param from the only repository to ask; empty for all
     * @param offline whether to take what is on this machine and nothing else
     * @param notes takes one sentence about each library whose own dependencies could not be read
     */
    public record Search(Optional<String> from, boolean offline, Consumer<String> notes) {}

    private final Path local;
    private final Map<String, String> repositories = new LinkedHashMap<>();
    private @Nullable Resolution resolution;

    /** Asks Maven Central until told of more; keeps what it finds in {@code local}. */
    public MavenLibraries(Path local) {
        this.local = local;
        repositories.put("central", "https://repo.maven.apache.org/maven2/");
    }

    /** Keeps what it finds where Maven does. */
    public static MavenLibraries ofUser() {
        var told = System.getProperty("maven.repo.local");
        return new MavenLibraries(
                told != null ? Path.of(told) : Path.of(System.getProperty("user.home"), ".m2", "repository"));
    }

    /** The repositories to ask, in order: address by name. */
    public synchronized Map<String, String> repositories() {
        return new LinkedHashMap<>(repositories);
    }

    /**
     * Adds a repository, or gives a known one another address.
     *
     * @throws LibraryException if the address is neither https nor a file's
     */
    public synchronized void addRepository(String id, String url) throws LibraryException {
        requireSafe(id, url);
        repositories.put(id, url);
    }

    static void requireSafe(String id, String url) throws LibraryException {
        Optional<String> scheme;
        try {
            scheme = Optional.ofNullable(new URI(url).getScheme()).map(s -> s.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            throw new LibraryException("the repository " + id + " has no valid address: " + url);
        }
        if (scheme.isEmpty() || !List.of("https", "file").contains(scheme.get())) {
            throw new LibraryException("the repository " + id + " is not asked: " + url
                    + " is no https address, so anybody on the way could change a library");
        }
    }

    /**
     * Finds libraries and their dependencies, all at once, so that each comes in one version.
     *
     * @param coordinates such as {@code group:artifact:version} or {@code group:artifact:type:classifier:version}
     * @throws LibraryException in one sentence, if one of them cannot be had
     */
    public synchronized List<Library> find(List<String> coordinates, Search search) throws IOException {
        var repositories = asked(search);
        return noting(search, noted -> resolution().libraries(coordinates, repositories, noted));
    }

    /**
     * Finds the dependencies that a POM declares. Its repositories are asked too.
     *
     * @param scopes such as {@code compile} or {@code test}; empty for what is needed to run
     */
    public synchronized List<Library> ofPom(Path pom, List<String> scopes, Search search) throws IOException {
        var repositories = asked(search);
        return noting(search, noted -> resolution().ofPom(pom, scopes, repositories, noted));
    }

    private interface Question {
        List<Library> ask(Search search) throws IOException;
    }

    /** What is missing is noted once the rest is found; else the error says it. */
    private static List<Library> noting(Search search, Question question) throws IOException {
        var notes = new CopyOnWriteArrayList<String>();
        var found = question.ask(new Search(search.from(), search.offline(), notes::add));
        notes.stream().distinct().forEach(search.notes());
        return found;
    }

    private Resolution resolution() {
        if (resolution == null) {
            resolution = new Resolution(local);
        }
        return resolution;
    }

    private Map<String, String> asked(Search search) throws IOException {
        if (search.from().isEmpty()) {
            return repositories;
        }
        var id = search.from().get();
        var url = repositories.get(id);
        if (url == null) {
            throw new LibraryException("there is no repository " + id + "; there are "
                    + String.join(", ", repositories.keySet()) + ", and %mavenRepo adds one");
        }
        return Map.of(id, url);
    }
}
