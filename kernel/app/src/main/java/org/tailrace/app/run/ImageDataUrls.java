package org.tailrace.app.run;

import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.UrlSanitizer;

/** Lets pictures that travel inside the page pass; everything else as the library judges it. */
final class ImageDataUrls implements UrlSanitizer {

    private final UrlSanitizer ordinary = new DefaultUrlSanitizer();

    @Override
    public String sanitizeLinkUrl(String url) {
        return ordinary.sanitizeLinkUrl(url);
    }

    @Override
    public String sanitizeImageUrl(String url) {
        return url.startsWith("data:image/") ? url : ordinary.sanitizeImageUrl(url);
    }
}
