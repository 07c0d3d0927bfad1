package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hosting.RequestPath;
import io.hubwire.signalr.hosting.cors.SharingFilters;
import io.hubwire.signalr.security.OriginPolicy;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where pages of other origins are allowed at all, lets in those that are allowed by name and refuses the others with 403. Stands in front of whoever authenticates:
 * preflights are anonymous. Who is allowed, the {@link OriginPolicy} decides, here as for WebSocket handshakes; the headers are a well-kept filter's.
 */
public final class CrossOriginFilter implements Filter {
    private static final String MAPPING_METHODS = "GET, POST";
    private static final String OTHER_METHODS = "GET, HEAD, POST, PUT, DELETE";
    private static final byte[] REFUSAL =
            "The origin of this request is not allowed.".getBytes(StandardCharsets.US_ASCII);

    private final FrontServlet front;
    private final Map<String, Shared> byMapping = new ConcurrentHashMap<>();
    private final List<String> otherPaths = new ArrayList<>(); // while the deployment starts
    private volatile Optional<Shared> others = Optional.empty();

    /** @param jsonp whether pages of any origin are served by script tags, whose aborts and pings are to be heard as well */
    private record Shared(OriginPolicy policy, Filter filter, boolean jsonp) {}

    /** An application may have a filter of its own for this, in front or behind; a header that is there twice is worth nothing to a browser. */
    private static final class OneOfEach extends HttpServletResponseWrapper {
        private static final String SHARING = "Access-Control-";

        OneOfEach(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addHeader(String name, String value) {
            if (name.regionMatches(true, 0, SHARING, 0, SHARING.length())) {
                setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
        }
    }

    CrossOriginFilter(FrontServlet front) {
        this.front = front;
    }

    /** Shares a path of the application as well, and what lies below it; while the deployment starts. */
    void alsoAt(String path) {
        otherPaths.add(HostMapping.normalize(path));
    }

    /**
     * Shares what a server serves; from the next request on.
     *
     * @throws IllegalStateException when others are allowed, and the filter that it takes is not there
     */
    void share(SignalRConfig server) {
        OriginPolicy policy = server.origins();
        if (!policy.allowsOthers()) {
            return;
        }
        try {
            Filter filter = SharingFilters.of(MAPPING_METHODS, policy.allowsCredentials());
            server.hubs().forEach((path, hubs) -> byMapping.put(path, new Shared(policy, filter, hubs.jsonp())));
            server.persistentConnections()
                    .forEach((path, mapped) -> byMapping.put(
                            path,
                            new Shared(policy, filter, mapped.configuration().jsonp())));
            others = Optional.of(
                    new Shared(policy, SharingFilters.of(OTHER_METHODS, policy.allowsCredentials()), false));
        } catch (NoClassDefFoundError notThere) {
            throw new IllegalStateException(
                    "Pages of other origins are allowed, which takes com.thetransactioncompany:cors-filter in the application's libraries.",
                    notThere);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        Optional<Shared> shared = isFromElsewhere(http) ? sharedAt(http) : Optional.empty();
        if (shared.isEmpty()) {
            chain.doFilter(request, response);
        } else if (allows(shared.get().policy(), http)) {
            ((HttpServletResponse) response).setHeader("X-Content-Type-Options", "nosniff");
            shared.get().filter().doFilter(request, new OneOfEach((HttpServletResponse) response), chain);
        } else if (shared.get().jsonp()) {
            chain.doFilter(request, response);
        } else {
            refuse((HttpServletResponse) response);
        }
    }

    private static boolean isFromElsewhere(HttpServletRequest request) {
        return OriginPolicy.isCrossOrigin(
                request.getHeader("Origin"), request.getScheme(), request.getServerName(), request.getServerPort());
    }

    private Optional<Shared> sharedAt(HttpServletRequest request) {
        Optional<HostMapping> mapping = front.mapping(request);
        return mapping.isPresent()
                ? mapping.map(found -> byMapping.get(found.path()))
                : others.filter(any -> isOtherPath(request));
    }

    private boolean isOtherPath(HttpServletRequest request) {
        return RequestPaths.of(request).stream()
                .allMatch(path -> otherPaths.stream().anyMatch(shared -> RequestPath.startsWith(path, 0, shared)));
    }

    private static boolean allows(OriginPolicy policy, HttpServletRequest request) {
        return policy.allows(
                request.getHeader("Origin"), request.getScheme(), request.getServerName(), request.getServerPort());
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Vary", "Origin");
        response.getOutputStream().write(REFUSAL);
    }
}
