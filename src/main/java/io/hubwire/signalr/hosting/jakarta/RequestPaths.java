package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.hosting.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The paths that a request can be taken for. SignalR goes by the raw target, decoded and otherwise as sent (protocol §1.2); containers merge slashes and resolve dot
 * segments, each in its own way. Whoever guards a path has to look at all of them, or there is a spelling that gets by.
 */
final class RequestPaths {
    private RequestPaths() {}

    /** Below the context path, each with a leading slash or empty. */
    static Set<String> of(HttpServletRequest request) {
        String info = request.getPathInfo();
        return of(
                request.getRequestURI(),
                request.getContextPath(),
                request.getServletPath() + (info == null ? "" : info));
    }

    /**
     * As above.
     *
     * @param uri the raw target without its query
     * @param contextPath raw
     * @param mapped what the container has decoded and normalized
     */
    static Set<String> of(String uri, String contextPath, String mapped) {
        String sent = RequestPath.decode(uri);
        String context = RequestPath.decode(contextPath);
        Set<String> paths = new LinkedHashSet<>();
        paths.add(below(context, sent));
        paths.add(below(resolved(context), resolved(sent)));
        paths.add(mapped);
        return paths;
    }

    private static String below(String context, String path) {
        return path.startsWith(context) ? path.substring(context.length()) : path;
    }

    /** Every backslash a slash, no empty segment, no dot segment, none at the end. */
    private static String resolved(String path) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.replace('\\', '/').split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        return kept.isEmpty() ? "" : "/" + String.join("/", kept);
    }
}
