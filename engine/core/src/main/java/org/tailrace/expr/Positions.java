package org.tailrace.expr;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.tailrace.error.Place;

/** Where nodes of a parsed text stood, by identity. Filled by the parser; nodes made by hand have no place. */
public final class Positions {
    private final Map<Object, Place> places = new IdentityHashMap<>();

    public void put(Object node, Place place) {
        places.put(node, place);
    }

    public void putAll(Positions others) {
        places.putAll(others.places);
    }

    public Optional<Place> of(Object node) {
        return Optional.ofNullable(places.get(node));
    }
}
