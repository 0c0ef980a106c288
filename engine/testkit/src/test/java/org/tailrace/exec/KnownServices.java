package org.tailrace.exec;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which files of the class path name services. The engine looks for them anew at each start of a query, since jars
 * arrive while a notebook runs; a campaign starts queries by the hundred thousand, and no jar arrives.
 */
final class KnownServices extends ClassLoader {
    static final ClassLoader INSTANCE = new KnownServices();

    private final Map<String, List<URL>> found = new ConcurrentHashMap<>();

    private KnownServices() {
        super(KnownServices.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> known = found.get(name);
        if (known == null) {
            known = Collections.list(super.getResources(name));
            found.put(name, known);
        }
        return Collections.enumeration(known);
    }
}
