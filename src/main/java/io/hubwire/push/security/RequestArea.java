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
    /** Whatever SignalR serves; hubs decide who may do what. */
    SIGNALR,
    /** Pages, and downloads, which carry their own permission. */
    OTHER;

    private static final String SIGNALR_PATH = "/signalr";
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
        return path.equals(SIGNALR_PATH) || path.startsWith(SIGNALR_PATH + "/");
    }
}
