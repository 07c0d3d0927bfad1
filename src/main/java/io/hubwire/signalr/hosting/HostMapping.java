package io.hubwire.signalr.hosting;

import java.util.Set;

/**
 * A path of the application and what answers everything under it (protocol §1.1).
 *
 * @param path below the context path; a missing leading slash is added, slashes at the end are cut. Matched in any case, on a segment
 *        boundary
 * @param handler answers all requests under the path; none is passed on
 * @param roles those that the handler may ask requests about: a container's principal can be asked only while its request is alive
 */
public record HostMapping(String path, HostHandler handler, Set<String> roles) {

    /** One whose handler asks about no roles. */
    public HostMapping(String path, HostHandler handler) {
        this(path, handler, Set.of());
    }

    /** Refuses the root: it would take over the whole application. */
    public HostMapping {
        path = normalize(path);
        roles = Set.copyOf(roles);
        if (path.isEmpty()) {
            throw new IllegalArgumentException(
                    "A mapping needs a path below the root, such as /signalr: it answers everything under it.");
        }
    }

    /** The path in the form that mappings compare: one leading slash, none at the end. */
    public static String normalize(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        String trimmed = path.substring(0, end);
        return trimmed.isEmpty() || trimmed.startsWith("/") ? trimmed : "/" + trimmed;
    }
}
