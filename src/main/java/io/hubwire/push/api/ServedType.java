package io.hubwire.push.api;

import java.util.Set;

/** The media type under which a file is handed out. */
final class ServedType {
    private static final String OPAQUE = "application/octet-stream";
    private static final Set<String> HARMLESS_FAMILIES = Set.of("image", "audio", "video", "font");
    private static final Set<String> HARMLESS = Set.of("text/plain", "text/csv", "application/pdf", "application/zip");

    private ServedType() {}

    /** What can't carry a script keeps its type; all else, SVG with the rest of XML, is bytes. */
    static String of(String detected) {
        String family = detected.substring(0, Math.max(0, detected.indexOf('/')));
        boolean harmless =
                HARMLESS.contains(detected) || (HARMLESS_FAMILIES.contains(family) && !detected.endsWith("xml"));
        return harmless ? detected : OPAQUE;
    }
}
