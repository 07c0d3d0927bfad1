package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hosting.PreparedRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;

/**
 * The host's part of one deployment: the filter, the front servlet behind it, the threads. Lives as an attribute of the servlet context, and
 * ends with it: first what was given to {@link #closeOnUndeploy}, the last one first, then its own threads.
 */
final class HostDeployment implements ServletContextListener {
    private static final Logger LOG = System.getLogger(HostDeployment.class.getName());
    private static final String ATTRIBUTE = HostDeployment.class.getName();

    /** Weld's count of nested requests on a thread goes wrong when a request ends on another one than it began on; it reads this as the application starts. */
    private static final String WELD_GUARD = "org.jboss.weld.context.ignore.guard";

    private final HostThreads threads = new HostThreads();
    private final SocketUpgrade sockets;
    private final FrontServlet front;
    private final CrossOriginFilter origins;
    private final ConnectTicketFilter tickets;
    private final PathRules rules = new PathRules();
    private final ServletContext context;
    private final Followers followers = new Followers();
    private boolean ownsWebSocket;
    private boolean operatorsRulesHold; // used by the thread that starts the deployment
    private SignalR mapped;
    // Guarded by this.
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private boolean ended;

    private HostDeployment(ServletContext context, HostingOptions options) {
        this.context = context;
        sockets = new SocketUpgrade(context);
        front = new FrontServlet(options, threads, sockets);
        origins = new CrossOriginFilter(front);
        tickets = new ConnectTicketFilter(front);
    }

    /**
     * The deployment of a servlet context; installed at the first call, which must come while the context starts: from a {@code
     * ServletContainerInitializer} or a listener that {@code web.xml} or an annotation declares.
     */
    static HostDeployment of(ServletContext context, HostingOptions options) {
        synchronized (context) {
            HostDeployment known = (HostDeployment) context.getAttribute(ATTRIBUTE);
            return known != null ? known : install(context, options);
        }
    }

    private static HostDeployment install(ServletContext context, HostingOptions options) {
        HostDeployment made = new HostDeployment(context, Undertow.made(context) ? Undertow.pinging(options) : options);
        addFilter(context, "hubwire-origins", made.origins, Position.FIRST);
        addFilter(context, "hubwire-tickets", made.tickets, Position.LAST);
        addFilter(context, "hubwire-authorization", new PathAuthorizationFilter(made.rules, made.front), Position.LAST);
        addFilter(context, "hubwire", new SignalRFilter(made.front, made.followers), Position.LAST);
        made.follow(made);
        context.setInitParameter(WELD_GUARD, "false"); // unless the application says so itself
        context.setAttribute(ATTRIBUTE, made);
        return made;
    }

    /** From now on the operator's rules hold, once, however many mappings of the context give way to each other. */
    void enforce(WebConfig config) {
        if (!operatorsRulesHold) {
            operatorsRulesHold = true;
            config.rules().forEach(rules::add);
        }
    }

    /** Whether anything is mapped in the context. */
    static boolean isMapped(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof HostDeployment known && known.mapped != null;
    }

    /** @throws IllegalStateException when another one has the context, and does not give way; while the context starts */
    void claim(SignalR mapping) {
        if (mapped != null && !mapped.giveWay()) {
            throw new IllegalStateException(
                    "SignalR is mapped in this application already. Map everything in one place: by"
                            + " SignalR.map, or by web.config and classes that implement SignalRStartup; and before anything uses GlobalHost.");
        }
        mapped = mapping;
    }

    /**
     * Whether the deployment of the request's context answers it, by itself or by its face in JAX-RS: on Undertow a request keeps the path that it was forwarded to. False
     * where there is no deployment.
     */
    static boolean covers(HttpServletRequest request) {
        if (request.getAttribute(PreparedRequest.ATTRIBUTE) != null) {
            return true;
        }
        HostDeployment deployment = (HostDeployment) request.getServletContext().getAttribute(ATTRIBUTE);
        return deployment != null && deployment.front.covers(request);
    }

    private enum Position {
        /** Before the filters that are declared: preflights are anonymous. */
        FIRST,
        /** After them, so that authentication comes first, and after those added before. */
        LAST
    }

    private static void addFilter(ServletContext context, String name, Filter filter, Position position) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), position == Position.LAST, "/*");
    }

    /**
     * Tells the listener when the application starts and ends. A listener that is called already cannot add others ({@code ServletContext.addListener}); what it adds
     * starts and ends with the filter instead, which is after all listeners have started and before they end.
     */
    void follow(ServletContextListener listener) {
        try {
            context.addListener(listener);
        } catch (IllegalArgumentException listenersAreCalledAlready) {
            followers.all.add(listener);
        }
    }

    /** Who may reach what; enforced in front of everything of the application. */
    PathRules rules() {
        return rules;
    }

    /** Whose pages may use what. */
    CrossOriginFilter origins() {
        return origins;
    }

    /** Says that the application has no other WebSocket endpoint; while the context starts. */
    void ownsWebSocket() {
        ownsWebSocket = true;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (ownsWebSocket) {
            sockets.shrinkBuffers();
        }
        ConnectorCheck.warn();
    }

    /** Answers that are under way; see {@link HostThreads#openAnswers}. */
    int openAnswers() {
        return threads.openAnswers().get();
    }

    void map(HostMapping mapping) {
        front.map(mapping);
    }

    /** Maps a server, takes its connect tickets and lets in the pages that it allows. */
    void serve(SignalRServer server) {
        origins.share(server.config());
        server.connectTickets().ifPresent(issued -> tickets.take(server.mappings(), issued));
        server.mappings().forEach(this::map);
    }

    /** Has the resource closed when the application is undeployed, or at once if that has happened. */
    void closeOnUndeploy(AutoCloseable resource) {
        synchronized (this) {
            if (!ended) {
                owned.push(resource);
                return;
            }
        }
        close(resource);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        AutoCloseable next;
        while ((next = takeOwned()) != null) {
            close(next);
        }
        threads.close();
        RecordMethods.forget();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.log(Level.ERROR, "Something of Hubwire could not be ended on undeploy", e);
        }
    }

    private AutoCloseable takeOwned() {
        synchronized (this) {
            AutoCloseable next = owned.poll();
            ended = next == null;
            return next;
        }
    }

    /** Listeners that the container does not call; the filter does. */
    private static final class Followers implements ServletContextListener {
        private final List<ServletContextListener> all = new ArrayList<>();

        @Override
        public void contextInitialized(ServletContextEvent event) {
            all.forEach(listener -> listener.contextInitialized(event));
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            for (int i = all.size() - 1; i >= 0; i--) {
                all.get(i).contextDestroyed(event);
            }
        }
    }
}
