package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.Parameters;
import io.hubwire.signalr.hosting.RequestPath;
import io.hubwire.signalr.hosting.RoleAwarePrincipal;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * A copy of everything that the library may want to know of a servlet request, made while the request is alive.
 *
 * <p>A container's principal is asked at once about the roles in {@link HostingOptions#roles} and never again; a
 * {@link RoleAwarePrincipal} answers for itself. Attributes of the containers themselves are not copied: they would keep a
 * recycled request's belongings alive for as long as a WebSocket lives.
 */
final class JakartaRequest implements HostRequest {
    private static final List<String> CONTAINER_ATTRIBUTES =
            List.of("jakarta.", "org.apache.", "org.jboss.", "org.glassfish.", "org.eclipse.", "io.undertow.");

    private final String method;
    private final String scheme;
    private final String contextPath;
    private final String path;
    private final String remoteAddress;
    private final Parameters query;
    private final RequestBody body;
    // Name (lower-case) and value in turn: a WebSocket keeps its request for life, and this is the smallest form.
    private final String[] headers;
    private final Map<String, Object> attributes;
    private final Principal user;
    private final Set<String> roles;
    private final boolean webSockets;
    private final boolean webSocketUpgrade;

    JakartaRequest(
            HttpServletRequest from, Parameters query, RequestBody body, HostingOptions options, boolean webSockets) {
        method = from.getMethod().toUpperCase(Locale.ROOT);
        scheme = from.getScheme();
        contextPath = RequestPath.decode(from.getContextPath());
        path = RequestPath.decode(from.getRequestURI());
        remoteAddress = from.getRemoteAddr();
        this.query = query;
        this.body = body;
        headers = copyHeaders(from);
        attributes = copyAttributes(from);
        user = from.getUserPrincipal();
        roles = containerRoles(from, options.roles());
        this.webSockets = webSockets;
        webSocketUpgrade = webSockets && asksForWebSocket();
    }

    private static String[] copyHeaders(HttpServletRequest from) {
        List<String> copy = new ArrayList<>();
        for (String name : Collections.list(from.getHeaderNames())) {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            for (String value : Collections.list(from.getHeaders(name))) {
                copy.add(lowerCase);
                copy.add(value);
            }
        }
        return copy.toArray(String[]::new);
    }

    private static Map<String, Object> copyAttributes(HttpServletRequest from) {
        Map<String, Object> copy = new HashMap<>();
        for (String name : Collections.list(from.getAttributeNames())) {
            Object value = isOfContainer(name) ? null : from.getAttribute(name);
            if (value != null) {
                copy.put(name, value);
            }
        }
        return Map.copyOf(copy);
    }

    private static boolean isOfContainer(String attribute) {
        for (String prefix : CONTAINER_ATTRIBUTES) {
            if (attribute.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private Set<String> containerRoles(HttpServletRequest from, Set<String> asked) {
        if (user == null || user instanceof RoleAwarePrincipal) {
            return Set.of();
        }
        return asked.stream().filter(from::isUserInRole).collect(Collectors.toUnmodifiableSet());
    }

    private boolean asksForWebSocket() {
        return method.equals("GET")
                && hasToken("upgrade", "websocket")
                && hasToken("connection", "upgrade")
                && hasToken("sec-websocket-version", "13")
                && header("sec-websocket-key").filter(JakartaRequest::isKey).isPresent();
    }

    /** Whether the request speaks WebSocket of a version that is not ours: the answer then names ours (RFC 6455 §4.4). */
    boolean asksForOtherWebSocketVersion() {
        return hasToken("upgrade", "websocket") && !hasToken("sec-websocket-version", "13");
    }

    private static boolean isKey(String value) {
        try {
            return Base64.getDecoder().decode(value).length == 16;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private boolean hasToken(String name, String token) {
        for (String value : headers(name)) {
            for (String part : value.split(",", -1)) {
                if (part.trim().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Parameters query() {
        return query;
    }

    @Override
    public CompletionStage<Parameters> form() {
        return body.form();
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                values.add(headers[i + 1]);
            }
        }
        return values;
    }

    @Override
    public List<String> headerNames() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < headers.length; i += 2) {
            names.add(headers[i]);
        }
        return List.copyOf(names);
    }

    /** Read from the header by hand, since containers drop all cookies, or the rest of them, after one they dislike. */
    @Override
    public Map<String, String> cookies() {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String header : headers("cookie")) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.putIfAbsent(
                            pair.substring(0, equals).trim(),
                            unquote(pair.substring(equals + 1).trim()));
                }
            }
        }
        return Collections.unmodifiableMap(cookies);
    }

    private static String unquote(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    @Override
    public Optional<Principal> user() {
        return Optional.ofNullable(user);
    }

    @Override
    public boolean isUserInRole(String role) {
        return user instanceof RoleAwarePrincipal knowing ? knowing.hasRole(role) : roles.contains(role);
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean isWebSocketUpgrade() {
        return webSocketUpgrade;
    }

    @Override
    public boolean offersWebSocket() {
        return webSockets;
    }

    @Override
    public Optional<Object> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }
}
