package org.tailrace.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.tailrace.env.FileSystem;

/**
 * Which query a checkpoint belongs to. Text, for people too; its last line is a checksum over all before it.
 *
 * @param id of the query, the same over all restarts
 * @param epoch number of the start, from 1
 * @param seed of the query
 * @param settings by their Spark names
 * @param fingerprint what of the plan the checkpoint depends on, one line each
 */
public record Metadata(String id, long epoch, long seed, Map<String, String> settings, List<String> fingerprint) {
    private static final String FIRST = "tailrace checkpoint, format ";
    private static final String CHECKSUM = "crc32c ";

    public Metadata {
        settings = Map.copyOf(settings);
        fingerprint = List.copyOf(fingerprint);
    }

    public Metadata nextEpoch() {
        return new Metadata(id, epoch + 1, seed, settings, fingerprint);
    }

    void write(FileSystem files, Path directory) throws IOException {
        var text = new StringBuilder(FIRST + FrameFile.FORMAT + ", file " + Names.METADATA + "\n");
        text.append("id ").append(id).append('\n');
        text.append("epoch ").append(epoch).append('\n');
        text.append("seed ").append(seed).append('\n');
        settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> text.append("set ")
                        .append(e.getKey())
                        .append(' ')
                        .append(e.getValue())
                        .append('\n'));
        fingerprint.forEach(
                line -> text.append("plan ").append(line.replace('\n', ' ')).append('\n'));
        String checksum = checksum(text.toString());
        text.append(CHECKSUM).append(checksum).append('\n');
        FrameFile.writeWhole(
                files,
                directory.resolve(Names.METADATA),
                List.of(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    static Metadata read(FileSystem files, Path directory) throws IOException {
        Path path = directory.resolve(Names.METADATA);
        String text = new String(files.read(path), StandardCharsets.UTF_8);
        int last = text.lastIndexOf(CHECKSUM);
        if (last < 0 || !text.startsWith(FIRST)) {
            throw Damage.file(path, "it is not whole");
        }
        String body = text.substring(0, last);
        String said = text.substring(last + CHECKSUM.length());
        if (!said.equals(checksum(body) + "\n")) {
            throw Damage.file(path, "its checksum is " + checksum(body) + ", not " + said.strip());
        }
        List<String> lines = Arrays.asList(body.split("\n"));
        String format = lines.get(0).substring(FIRST.length()).replaceFirst(",.*", "");
        if (!format.equals(String.valueOf(FrameFile.FORMAT))) {
            throw Damage.version(path, format.matches("\\d{1,9}") ? Integer.parseInt(format) : -1);
        }
        var values = new LinkedHashMap<String, String>();
        var settings = new LinkedHashMap<String, String>();
        var plan = new ArrayList<String>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            if (words[0].equals("set")) {
                int blank = rest.indexOf(' ');
                settings.put(rest.substring(0, Math.max(0, blank)), rest.substring(blank + 1));
            } else if (words[0].equals("plan")) {
                plan.add(rest);
            } else {
                values.put(words[0], rest);
            }
        }
        try {
            return new Metadata(
                    values.getOrDefault("id", ""),
                    Long.parseLong(values.getOrDefault("epoch", "")),
                    Long.parseLong(values.getOrDefault("seed", "")),
                    settings,
                    plan);
        } catch (NumberFormatException e) {
            throw Damage.file(path, "a number in it is not one");
        }
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
