package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.ParameterParser;
import io.hubwire.signalr.hosting.Parameters;
import io.hubwire.signalr.hosting.PreparedRequest;
import io.hubwire.signalr.hosting.RequestPath;
import io.hubwire.signalr.hosting.RequestRefusedException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers everything under the mapped paths. {@link SignalRFilter} calls it; an application that wants no filter may map it to
 * {@code /signalr/*} itself, with {@code asyncSupported}, and then paths match in one case only.
 */
public final class FrontServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(FrontServlet.class.getName());

    private static final String NEGOTIATE = "/negotiate";
    private static final Comparator<HostMapping> LONGEST_FIRST = Comparator.comparingInt(
                    (HostMapping mapping) -> mapping.path().length())
            .reversed();

    private transient volatile List<HostMapping> mappings = List.of();
    private final transient HostingOptions options;
    private final transient HostThreads threads;
    private final transient SocketUpgrade sockets;

    FrontServlet(HostingOptions options, HostThreads threads, SocketUpgrade sockets) {
        this.options = options;
        this.threads = threads;
        this.sockets = sockets;
    }

    /**
     * Adds a mapping; from the next request on. The longest path wins.
     *
     * @throws IllegalArgumentException when the path is taken, in whatever case
     */
    void map(HostMapping added) {
        synchronized (this) {
            if (mappings.stream().anyMatch(mapping -> mapping.path().equalsIgnoreCase(added.path()))) {
                throw new IllegalArgumentException("The path " + added.path() + " is mapped already.");
            }
            mappings = Stream.concat(mappings.stream(), Stream.of(added))
                    .sorted(LONGEST_FIRST)
                    .toList();
        }
    }

    /** Answers with 404 what is under no mapping. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        if (!answer(request, response)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /**
     * Answers the request if it lies under a mapping (protocol §1.1). The path is decoded from the raw request target, since containers
     * normalize what they hand out.
     *
     * @return false when it lies under none; then nothing was touched
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response) {
        String path = RequestPath.decode(request.getRequestURI());
        Optional<HostMapping> mapping = mappingOf(path, request);
        mapping.ifPresent(found -> answer(found, path, request, response));
        return mapping.isPresent();
    }

    /** What {@link #answer} would answer the request by. */
    Optional<HostMapping> mapping(HttpServletRequest request) {
        return mappingOf(RequestPath.decode(request.getRequestURI()), request);
    }

    /** How the queries of the mappings are read. */
    ParameterParser parameters() {
        return options.parameters();
    }

    /** Whether {@link #answer} would answer the request. */
    boolean covers(HttpServletRequest request) {
        return mapping(request).isPresent();
    }

    private Optional<HostMapping> mappingOf(String path, HttpServletRequest request) {
        String contextPath = RequestPath.decode(request.getContextPath());
        return path.startsWith(contextPath)
                ? mappings.stream()
                        .filter(mapping -> RequestPath.startsWith(path, contextPath.length(), mapping.path()))
                        .findFirst()
                : Optional.empty();
    }

    private void answer(HostMapping mapping, String path, HttpServletRequest request, HttpServletResponse response) {
        Parameters query;
        try {
            refuseDotSegments(path);
            query = options.parameters().query(SentQuery.of(request));
        } catch (RequestRefusedException refused) {
            refused.limit().ifPresent(mapping.handler()::refused);
            refuse(refused, response);
            return;
        }
        JakartaExchange exchange =
                new JakartaExchange(request, response, query, options.asking(mapping.roles()), threads, sockets);
        if (options.negotiateFace().isPresent() && isNegotiation(exchange)) {
            forward(
                    mapping,
                    exchange.request(),
                    request,
                    response,
                    options.negotiateFace().get());
        } else {
            handle(mapping, exchange);
            exchange.detach();
        }
    }

    private static void refuseDotSegments(String path) throws RequestRefusedException {
        if (RequestPath.hasDotSegments(path)) {
            throw new RequestRefusedException(400, "The path must not have dot segments.");
        }
    }

    private static boolean isNegotiation(JakartaExchange exchange) {
        String path = exchange.request().path();
        int start = path.length() - NEGOTIATE.length();
        return start >= 0 && path.regionMatches(true, start, NEGOTIATE, 0, NEGOTIATE.length());
    }

    private static void forward(
            HostMapping mapping,
            HostRequest snapshot,
            HttpServletRequest request,
            HttpServletResponse response,
            String face) {
        request.setAttribute(PreparedRequest.ATTRIBUTE, new PreparedRequest(snapshot, mapping.handler()));
        try {
            request.getRequestDispatcher(face).forward(request, response);
        } catch (IOException peerIsGone) {
            LOG.log(Level.DEBUG, "The peer left before it was answered", peerIsGone);
        } catch (ServletException e) {
            LOG.log(Level.ERROR, "Negotiation cannot be forwarded to " + face, e);
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    private static void handle(HostMapping mapping, JakartaExchange exchange) {
        try {
            mapping.handler().handle(exchange);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The handler of " + mapping.path() + " failed", e);
            if (!exchange.isAnswered()) {
                exchange.respond(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, null, new byte[0]);
            }
        }
    }

    private static void refuse(RequestRefusedException refused, HttpServletResponse response) {
        response.setStatus(refused.status());
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            response.getOutputStream().write(refused.getMessage().getBytes(StandardCharsets.UTF_8));
        } catch (IOException peerIsGone) {
            LOG.log(Level.DEBUG, "The peer left before it was refused", peerIsGone);
        }
    }
}
