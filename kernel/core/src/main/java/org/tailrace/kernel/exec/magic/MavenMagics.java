package org.tailrace.kernel.exec.magic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tailrace.kernel.maven.Library;
import org.tailrace.kernel.maven.LibraryException;
import org.tailrace.kernel.maven.MavenLibraries;
import org.tailrace.kernel.maven.PomText;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.KernelPlugin;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;

/** {@code %maven %mavenRepo %loadFromPOM}, under the names that notebooks of IJava and JJava write. */
public final class MavenMagics implements KernelPlugin {

    private final MavenLibraries libraries;
    private final BooleanSupplier offline;

    /** The version that the notebook has of each library, by name: a class loader keeps what it has. */
    private final Map<String, String> versions = new HashMap<>();

    /** @param offline whether no magic may ask a server */
    public MavenMagics(MavenLibraries libraries, BooleanSupplier offline) {
        this.libraries = libraries;
        this.offline = offline;
    }

    @Override
    public void start(KernelHost host) {
        for (var name : List.of("maven", "addMavenDependency", "addMavenDependencies")) {
            host.register(new LineMagic(
                    name,
                    Magic.Kind.LINE,
                    "%" + name + " group:artifact:version... [--from=repository] [--offline]",
                    "Adds libraries from Maven repositories, with all that they depend on.",
                    (call, cell) -> maven(host, call, cell),
                    MavenMagics::flags));
        }
        for (var name : List.of("mavenRepo", "addMavenRepo", "repo")) {
            host.register(new LineMagic(
                    name,
                    Magic.Kind.LINE,
                    "%" + name + " [id https://address]",
                    "Adds a Maven repository, or lists those that are asked.",
                    (call, cell) -> repository(call),
                    LineMagic.Words.NONE));
        }
        host.register(new LineMagic(
                "loadFromPOM",
                Magic.Kind.BOTH,
                "%loadFromPOM pom.xml [scope...] [--offline]",
                "Adds what a POM depends on; as a cell magic, a POM or parts of one written below.",
                (call, cell) -> pom(host, call, cell),
                PathPattern::startingWith));
    }

    private static List<String> flags(String word) {
        return List.of("--from=", "--offline").stream()
                .filter(flag -> flag.startsWith(word) && word.startsWith("-"))
                .toList();
    }

    private Optional<Object> maven(KernelHost host, MagicCall call, Cell cell) throws IOException {
        var words = Words.of(call.arguments());
        if (words.plain().isEmpty()) {
            throw new LibraryException(
                    "%" + call.name() + " takes libraries, such as com.google.code.gson:gson:2.11.0");
        }
        add(host, libraries.find(words.plain(), search(words, cell)), cell);
        return Optional.empty();
    }

    private Optional<Object> repository(MagicCall call) throws IOException {
        var words = call.arguments();
        if (words.isEmpty()) {
            var rows = new ArrayList<List<String>>();
            libraries.repositories().forEach((id, url) -> rows.add(List.of(id, url)));
            return Optional.of(TextTable.of(rows));
        }
        if (words.size() != 2) {
            throw new LibraryException("%" + call.name() + " takes a name and an address");
        }
        libraries.addRepository(words.get(0), words.get(1));
        return Optional.empty();
    }

    private Optional<Object> pom(KernelHost host, MagicCall call, Cell cell) throws IOException {
        var words = Words.of(call.arguments());
        var search = search(words, cell);
        if (call.body().isPresent()) {
            var file = Files.createTempFile("notebook", ".pom");
            try {
                Files.writeString(file, PomText.whole(call.body().get()), StandardCharsets.UTF_8);
                add(host, libraries.ofPom(file, words.plain(), search), cell);
            } finally {
                Files.delete(file);
            }
            return Optional.empty();
        }
        if (words.plain().isEmpty()) {
            throw new LibraryException("%loadFromPOM takes a file; %%loadFromPOM takes the POM itself, below");
        }
        var files = PathPattern.files(words.plain().get(0));
        if (files.isEmpty() || !Files.isRegularFile(files.get(0))) {
            throw new LibraryException("there is no file " + words.plain().get(0) + " in "
                    + Path.of("").toAbsolutePath());
        }
        var scopes = words.plain().subList(1, words.plain().size());
        add(host, libraries.ofPom(files.get(0), scopes, search), cell);
        return Optional.empty();
    }

    private MavenLibraries.Search search(Words words, Cell cell) {
        return new MavenLibraries.Search(
                words.from(), offline.getAsBoolean() || words.offline(), note -> cell.print(note + "\n"));
    }

    private synchronized void add(KernelHost host, List<Library> found, Cell cell) {
        for (var library : found) {
            var before = versions.putIfAbsent(library.name(), library.version());
            if (before == null) {
                host.addToClassPath(library.file());
                cell.print("added " + library + "\n");
            } else if (!before.equals(library.version())) {
                cell.print("kept " + library.name() + ":" + before + ", which was added before; " + library.version()
                        + " can be had after a restart of the kernel\n");
            }
        }
    }

    /** The words behind a magic: those that are no flag, and what the flags say. */
    private record Words(List<String> plain, Optional<String> from, boolean offline) {

        static Words of(List<String> arguments) throws IOException {
            var plain = new ArrayList<String>();
            Optional<String> from = Optional.empty();
            boolean offline = false;
            for (int i = 0; i < arguments.size(); i++) {
                var word = arguments.get(i);
                if (word.startsWith("--from=")) {
                    from = Optional.of(word.substring("--from=".length()));
                } else if (word.equals("--from") && i + 1 < arguments.size()) {
                    from = Optional.of(arguments.get(++i));
                } else if (word.equals("--offline")) {
                    offline = true;
                } else if (word.startsWith("-") && !List.of("-v", "--verbose").contains(word)) {
                    throw new LibraryException("there is no flag " + word + "; there are --from and --offline");
                } else if (!word.startsWith("-")) {
                    plain.add(word);
                }
            }
            return new Words(List.copyOf(plain), from, offline);
        }
    }
}
