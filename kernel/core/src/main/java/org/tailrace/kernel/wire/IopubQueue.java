package org.tailrace.kernel.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published, bounded while a subscriber does not read.
 *
 * <ul>
 *   <li>A changed display replaces its own older change: newest wins.
 *   <li>Stream text of one cell is joined, and beyond 4 MB in all it is cut with a line that says how many lines are missing.
 *   <li>Displays, results and comm messages are kept up to 64 MB.
 *   <li>Statuses, errors and everything else small are always kept.
 * </ul>
 *
 * Nothing changes its place among the messages of its own cell, except a change of a display, which moves to where the newer
 * one came: it carries the parent of the cell that ran then.
 */
final class IopubQueue {

    static final int TEXT_LIMIT = 4 << 20;
    static final long BULK_LIMIT = 64L << 20;
    /** A joined text is closed at this length, so that one message stays small enough for a browser. */
    private static final int JOINED_TEXT = 64 << 10;

    private static final class Entry {
        final Message message;
        /** Text of a stream; null for other messages. */
        final @Nullable StringBuilder text;

        final @Nullable String view;
        final long bulk;
        long droppedLines;

        Entry(Message message, @Nullable StringBuilder text, @Nullable String view, long bulk) {
            this.message = message;
            this.text = text;
            this.view = view;
            this.bulk = bulk;
        }
    }

    private final LinkedHashSet<Entry> queue = new LinkedHashSet<>();
    private final Map<String, Entry> views = new HashMap<>();
    /** For each parent the stream entry that more text may join; gone once another message of that parent follows. */
    private final Map<String, Entry> open = new HashMap<>();

    private long textLength;
    private long bulk;
    private long droppedMessages;

    synchronized void offer(Message message) {
        String parent = message.parent().path("msg_id").asText("");
        if (message.type().equals("stream")) {
            offerText(message, parent);
            return;
        }
        open.remove(parent);
        String view = viewOf(message);
        if (view != null) {
            Entry older = views.get(view);
            if (older != null) {
                remove(older);
            }
        }
        long weight = weightOf(message);
        if (weight > 0 && bulk + weight > BULK_LIMIT && bulk > 0) {
            droppedMessages++;
            return;
        }
        var entry = new Entry(message, null, view, weight);
        queue.add(entry);
        bulk += weight;
        if (view != null) {
            views.put(view, entry);
        }
    }

    private void offerText(Message message, String parent) {
        String name = message.content().path("name").asText();
        String text = message.content().path("text").asText();
        Entry entry = open.get(parent);
        boolean joins = entry != null
                && entry.text != null
                && entry.message.content().path("name").asText().equals(name);
        long room = TEXT_LIMIT - textLength;
        if (joins && entry.droppedLines > 0) {
            // once something is missing, small gaps are not filled: that would only make many notes of few lines
            if (room < TEXT_LIMIT / 4) {
                entry.droppedLines += linesOf(text, 0);
                return;
            }
            joins = false;
        }
        if (!joins || entry.text.length() >= JOINED_TEXT) {
            entry = new Entry(message, new StringBuilder(), null, 0);
            queue.add(entry);
            open.put(parent, entry);
        }
        int keep = text.length();
        if (keep > room) {
            keep = cutAt(text, (int) Math.max(0, room));
            entry.droppedLines += linesOf(text, keep);
        }
        entry.text.append(text, 0, keep);
        textLength += keep;
    }

    /** After the last line that fits, or inside a line that is longer than that, but not inside a character. */
    private static int cutAt(String text, int room) {
        int line = text.lastIndexOf('\n', room - 1) + 1;
        if (line > room / 2) {
            return line;
        }
        return room > 0 && Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
    }

    /** The next message, or empty. */
    synchronized Optional<Message> poll() {
        if (queue.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = queue.iterator().next();
        remove(entry);
        return Optional.of(entry.text == null ? entry.message : streamOf(entry, entry.text));
    }

    synchronized boolean isEmpty() {
        return queue.isEmpty();
    }

    /** How many displays and comm messages did not fit since the last call. */
    synchronized long takeDropped() {
        long count = droppedMessages;
        droppedMessages = 0;
        return count;
    }

    private void remove(Entry entry) {
        queue.remove(entry);
        bulk -= entry.bulk;
        if (entry.view != null) {
            views.remove(entry.view, entry);
        }
        if (entry.text != null) {
            textLength -= entry.text.length();
            open.remove(entry.message.parent().path("msg_id").asText(""), entry);
        }
    }

    private static Message streamOf(Entry entry, StringBuilder text) {
        if (entry.droppedLines > 0) {
            if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
            String lines = entry.droppedLines == 1 ? "line" : "lines";
            text.append(String.format(Locale.ROOT, "… %,d %s dropped\n", entry.droppedLines, lines));
        }
        Message first = entry.message;
        ObjectNode content =
                Json.object().put("name", first.content().path("name").asText()).put("text", text.toString());
        return new Message(
                first.channel(),
                first.identities(),
                first.header(),
                first.parent(),
                first.metadata(),
                content,
                List.of());
    }

    private static long linesOf(String text, int from) {
        long lines = text.substring(from).chars().filter(c -> c == '\n').count();
        return text.endsWith("\n") ? lines : lines + 1;
    }

    private static @Nullable String viewOf(Message message) {
        if (!message.type().equals("update_display_data")) {
            return null;
        }
        return message.content().path("transient").path("display_id").asText("");
    }

    /** Characters and bytes of what may be large; 0 for what is always kept. */
    private static long weightOf(Message message) {
        switch (message.type()) {
            case "display_data":
            case "update_display_data":
            case "execute_result":
            case "comm_open":
            case "comm_msg":
                break;
            default:
                return 0;
        }
        long weight = 1;
        for (byte[] buffer : message.buffers()) {
            weight += buffer.length;
        }
        var nodes = new ArrayDeque<JsonNode>();
        nodes.add(message.content());
        while (!nodes.isEmpty()) {
            JsonNode node = nodes.poll();
            weight += node.isTextual() ? node.textValue().length() : 8;
            node.forEach(nodes::add);
        }
        return weight;
    }
}
