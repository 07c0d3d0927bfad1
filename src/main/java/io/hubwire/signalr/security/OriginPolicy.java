package io.hubwire.signalr.security;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which web pages may talk to the server: those of the server's own origin, and those allowed by name. Browsers enforce
 * it for reading (CORS); for WebSocket handshakes nobody does but the server (RFC 6455 §10.2). Immutable and safe for
 * any thread.
 */
public final class OriginPolicy {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    /** Host lower-case, without brackets. */
    private record Origin(String scheme, String host, int port) {}

    private final boolean any;
    private final Set<Origin> allowed;
    private final boolean credentials;

    private OriginPolicy(boolean any, Set<Origin> allowed, boolean credentials) {
        this.any = any;
        this.allowed = Set.copyOf(allowed);
        this.credentials = credentials;
    }

    /** Only the server's own pages. */
    public static OriginPolicy sameOrigin() {
        return new OriginPolicy(false, Set.of(), true);
    }

    /**
     * The server's own pages and those of the named origins, with their visitors' cookies.
     *
     * @param origins such as {@code https://www.example.com} or {@code http://localhost:8080}; nothing behind the port
     * @throws IllegalArgumentException names the one that is no origin
     */
    public static OriginPolicy allowing(Collection<String> origins) {
        Set<Origin> allowed = new HashSet<>();
        for (String origin : origins) {
            allowed.add(parse(origin)
                    .orElseThrow(() -> new IllegalArgumentException("not an origin: '" + origin
                            + "'; expected scheme://host or scheme://host:port with http or https")));
        }
        return new OriginPolicy(false, allowed, true);
    }

    /**
     * Every page of the web, but never in its visitor's name: browsers keep cookies back, or the answer. For public data. A client has to be told so ({@code
     * withCredentials: false}).
     */
    public static OriginPolicy allowingAny() {
        return new OriginPolicy(true, Set.of(), false);
    }

    /** The same, but cookies of pages of other origins do not count. */
    public OriginPolicy withoutCredentials() {
        return new OriginPolicy(any, allowed, false);
    }

    /** Whether there are other origins than the server's own that are allowed. */
    public boolean allowsOthers() {
        return any || !allowed.isEmpty();
    }

    /** Whether pages of other origins act in their visitor's name, by cookies and the like. */
    public boolean allowsCredentials() {
        return credentials;
    }

    /**
     * Judges a request.
     *
     * @param origin the {@code Origin} header; null for clients that are no browsers and for plain requests of own
     *     pages, which may
     * @param scheme of the request as its client sees it: {@code http} or {@code https}, or {@code ws} or {@code wss}
     * @param host of the request, without the port
     * @param port of the request; 0 or less means the scheme's own
     * @return false also for {@code null}, the origin of sandboxed pages, and for text that is no origin
     */
    public boolean allows(String origin, String scheme, String host, int port) {
        if (any || origin == null) {
            return true;
        }
        return parse(origin)
                .filter(from -> allowed.contains(from)
                        || origin(scheme, host, port).filter(from::equals).isPresent())
                .isPresent();
    }

    /** Whether the request comes from a page of another origin; then CORS headers are due if {@link #allows} agrees. */
    public static boolean isCrossOrigin(String origin, String scheme, String host, int port) {
        return origin != null && !parse(origin).equals(origin(scheme, host, port));
    }

    /** An origin in one spelling, its port said; empty for what is none. Schemes of WebSocket count as those of HTTP. */
    static Optional<String> canonical(String origin) {
        return parse(origin).map(from -> from.scheme() + "://" + from.host() + ":" + from.port());
    }

    private static Optional<Origin> parse(String text) {
        int separator = text.indexOf("://");
        if (separator < 0) {
            return Optional.empty();
        }
        String authority = text.substring(separator + 3);
        int colon = authority.lastIndexOf(':');
        if (colon <= authority.lastIndexOf(']')) { // also when both are missing
            return origin(text.substring(0, separator), authority, 0);
        }
        return port(authority.substring(colon + 1))
                .flatMap(port -> origin(text.substring(0, separator), authority.substring(0, colon), port));
    }

    private static Optional<Integer> port(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int port = Integer.parseInt(digits);
        return port == 0 || port > MAX_PORT ? Optional.empty() : Optional.of(port);
    }

    private static Optional<Origin> origin(String scheme, String host, int port) {
        String plainHost = withoutBrackets(host.toLowerCase(Locale.ROOT));
        if (!isHost(plainHost)) {
            return Optional.empty();
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> Optional.of(new Origin("http", plainHost, port > 0 ? port : HTTP_PORT));
            case "https", "wss" -> Optional.of(new Origin("https", plainHost, port > 0 ? port : HTTPS_PORT));
            default -> Optional.empty();
        };
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isHost(String host) {
        return !host.isEmpty() && host.chars().allMatch(c -> c > ' ' && c < 0x7F && "/?#@[]\\\"<>,*".indexOf(c) < 0);
    }
}
