package org.tailrace.kernel.exec;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.spi.Renderer;

/** What values look like: the plug-ins' renderers, the newest first, then text and images. */
final class Renderers {

    private static final String PLAIN = "text/plain";
    private static final int LONGEST = 200_000;

    private final List<Renderer> registered = new CopyOnWriteArrayList<>();

    void register(Renderer renderer) {
        registered.add(0, renderer);
    }

    Map<String, String> render(@Nullable Object value) {
        if (value instanceof DisplayData data) {
            return data.bundle();
        }
        if (value != null) {
            for (var renderer : registered) {
                if (renderer.accepts(value)) {
                    return renderer.render(value);
                }
            }
        }
        if (value instanceof BufferedImage image) {
            return image(image);
        }
        return Map.of(PLAIN, text(value));
    }

    /** Only the MIME types asked for, if the value has one of them; text is shown as whatever type it is asked for. */
    Map<String, String> render(@Nullable Object value, List<String> as) {
        if (as.isEmpty()) {
            return render(value);
        }
        if (value instanceof CharSequence text) {
            var bundle = new LinkedHashMap<String, String>();
            as.forEach(type -> bundle.put(type, text.toString()));
            bundle.putIfAbsent(PLAIN, text.toString());
            return bundle;
        }
        var all = render(value);
        var wanted = new LinkedHashMap<>(all);
        wanted.keySet().retainAll(as);
        if (wanted.isEmpty()) {
            return all;
        }
        if (all.containsKey(PLAIN)) {
            wanted.put(PLAIN, all.get(PLAIN));
        }
        return wanted;
    }

    static String text(@Nullable Object value) {
        var text = value instanceof Object[] array
                ? Arrays.deepToString(array)
                : value != null && value.getClass().isArray() ? primitives(value) : String.valueOf(value);
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "… " + (text.length() - LONGEST) + " more characters";
    }

    /** A primitive array inside another array is what {@code deepToString} can print. */
    private static String primitives(Object array) {
        var text = Arrays.deepToString(new Object[] {array});
        return text.substring(1, text.length() - 1);
    }

    private static Map<String, String> image(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "image/png",
                Base64.getEncoder().encodeToString(bytes.toByteArray()),
                PLAIN,
                "image, " + image.getWidth() + " × " + image.getHeight());
    }
}
