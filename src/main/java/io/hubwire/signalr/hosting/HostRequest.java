package io.hubwire.signalr.hosting;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One HTTP request as the library sees it, independent of the container. Immutable once handed over, safe for any thread, and
 * usable after the container has recycled its own request object (a WebSocket keeps the request of its upgrade for life).
 */
public interface HostRequest {

    /** The HTTP method, upper-case. No operation depends on it (protocol §0.2). */
    String method();

    /** {@code http} or {@code https}, as the container believes it (forwarded headers included, if it honours them). */
    String scheme();

    /** The decoded path of the application, empty for the root context, otherwise with a leading slash and none at the end. */
    String contextPath();

    /**
     * The whole decoded path, context path included, exactly as sent otherwise: case kept, empty segments kept, no path parameters
     * (protocol §1.2).
     */
    String path();

    /** The query, parsed from the raw string (protocol §1.5). */
    Parameters query();

    /**
     * Reads the body as a form, whatever its content type says (protocol §0.3). The body is read once, without blocking; every
     * call returns the same stage. Completes exceptionally with {@link BodyTooLargeException} above the configured limit.
     */
    CompletionStage<Parameters> form();

    /** All values of a header, in order; the name in any case. Empty when absent. */
    List<String> headers(String name);

    /** The names of all headers, lower-case. */
    List<String> headerNames();

    /** The first value of a header. */
    default Optional<String> header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Cookies by name; the first one wins among namesakes. */
    Map<String, String> cookies();

    /** Who made the request, if authenticated. */
    Optional<Principal> user();

    /** Whether {@link #user()} has the role; false for anonymous requests. Answerable for as long as this object lives. */
    boolean isUserInRole(String role);

    /** The peer's address as text, without a port. */
    String remoteAddress();

    /** The host that the client meant, without a port: by the {@code Host} header; empty when there is none. */
    default String serverName() {
        String host = header("Host").orElse("");
        return host.substring(0, endOfName(host));
    }

    /** The port that the client meant: by the {@code Host} header, or else the scheme's own. */
    default int serverPort() {
        String host = header("Host").orElse("");
        String port = host.substring(Math.min(host.length(), endOfName(host) + 1));
        boolean given = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        return given ? Integer.parseInt(port) : scheme().endsWith("s") ? 443 : 80;
    }

    private static int endOfName(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? colon : host.length();
    }

    /** Whether the request asks for an upgrade to WebSocket (RFC 6455 §4.2.1). */
    boolean isWebSocketUpgrade();

    /** Whether the host can upgrade requests to WebSocket at all; negotiation tells clients, which otherwise try it in vain. */
    default boolean offersWebSocket() {
        return true;
    }

    /** A request attribute that a filter has set before the request came here, if it is there. */
    Optional<Object> attribute(String name);
}
