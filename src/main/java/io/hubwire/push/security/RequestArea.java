package io.hubwire.push.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;

/** The parts of the application that treat identity differently. */
enum RequestArea {
    /** JAX-RS resources for everyone. */
    PUBLIC_API,
    /** JAX-RS resources for those who are signed in. */
    API,
    /** Whatever SignalR serves; hubs and persistent connections decide who may do what. */
    SIGNALR,
    /** Pages, and downloads, which carry their own permission. */
    OTHER;

    private static final Set<String> SIGNALR_PATHS = Set.of("/signalr", "/perfmon");
    private static final Set<String> PUBLIC = Set.of("/token", "/demo-users");

    static RequestArea of(HttpServletRequest request) {
        // The container's own mapping decides what is the API: it is the container that will call the resource.
        if ("/api".equals(request.getServletPath())) {
            return PUBLIC.contains(String.valueOf(request.getPathInfo())) ? PUBLIC_API : API;
        }
        return isSignalR(request) ? SIGNALR : OTHER;
    }

    /** SignalR's own rule: the raw path, case-insensitive, on a segment boundary (protocol §1.1). */
    private static boolean isSignalR(HttpServletRequest request) {
        String path = request.getRequestURI()
                .substring(request.getContextPath().length())
                .toLowerCase(Locale.ROOT);
        return SIGNALR_PATHS.stream().anyMatch(mapped -> path.equals(mapped) || path.startsWith(mapped + "/"));
    }
}
