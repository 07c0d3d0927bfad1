package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.config.ServerSettings;
import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.WebConfig.PathRule;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.connection.PersistentConnectionFactory;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.hub.ConnectionManager;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.HubActivator;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubPipeline;
import io.hubwire.signalr.hub.HubPipelineModule;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.security.KeyFile;
import io.hubwire.signalr.tracing.TraceConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Maps SignalR into a web application. A {@link SignalRStartup} gets one; where the container must not scan for those, a {@code ServletContainerInitializer}, a {@code
 * ServletContextListener} that is declared in {@code web.xml}, or an embedded container's set-up code makes one:
 *
 * <pre>
 * SignalR.map(servletContext, List.of(ChatHub.class)).hubs("/signalr").connection("/echo", Echo.class);
 * </pre>
 *
 * <p>Each mapping answers everything under its path below the context path, in any case, on a segment boundary: {@code /echo} and {@code /echo/x}, not {@code
 * /echo2}. Of several that match the longest wins (protocol §1.1).
 *
 * <p>The server starts with the context, after CDI, and ends with it. Whoever asks {@link GlobalHost}, or an injected context, for something before that starts it there
 * and then: an observer of the application's start can publish, but nothing can be configured any more. Used by one thread, while the deployment starts.
 */
public final class SignalR {
    private static final String WORK_DIRECTORY = "hubwire.work";

    private final ServletContext context;
    private final Set<Class<?>> hubs;
    private final SignalRConfig.Builder settings = SignalRConfig.builder();
    private final HostDeployment host;
    private final List<Consumer<HubPipeline>> modules = new ArrayList<>(); // each adds its module
    private final List<Consumer<ConnectionManager>> started = new ArrayList<>();
    private final HubActivator activator;
    private final StartingServer server = new StartingServer(this::start, this::registry);
    private Registration announcement = () -> {};
    private Runnable beforeStart = () -> {};
    private boolean givesWay;
    private boolean withdrawn;
    private Path keyDirectory;

    private SignalR(ServletContext context, HostDeployment host, Collection<Class<?>> hubs) {
        this.context = context;
        this.settings.name("hubwire" + context.getContextPath().replace('/', '-')); // unlike in other applications
        this.host = host;
        this.hubs = new LinkedHashSet<>(hubs);
        this.activator = HubActivator.find(context.getClassLoader());
    }

    /** Begins a mapping of persistent connections alone, with {@link HostingOptions#DEFAULTS}. */
    public static SignalR map(ServletContext context) {
        return map(context, List.of());
    }

    /** Begins a mapping with {@link HostingOptions#DEFAULTS}. */
    public static SignalR map(ServletContext context, Collection<Class<?>> hubs) {
        return map(context, hubs, HostingOptions.DEFAULTS);
    }

    /**
     * Begins a mapping, in place of the default one of hubs that the container has found. What the operator sets in {@code web.config} counts as well, in place of what is
     * said here.
     *
     * @param hubs classes to serve; those that are no hubs are refused when the server starts
     * @param options what the host lets peers do
     * @throws IllegalStateException when the context is mapped already: by another call, by a {@link SignalRStartup}, by {@code web.config}, or since something has
     *     started the server by then
     */
    public static SignalR map(ServletContext context, Collection<Class<?>> hubs, HostingOptions options) {
        WebConfig operator = WebConfigLocation.read(context);
        SignalR signalR = unannounced(context, hubs, options.over(operator.settings()));
        signalR.beforeStart = () -> signalR.configured(operator);
        signalR.announce();
        return signalR;
    }

    /** The same, for {@link #announce} or {@link #announceUntilMapped} to follow. */
    static SignalR unannounced(ServletContext context, Collection<Class<?>> hubs, HostingOptions options) {
        HostDeployment host = HostDeployment.of(context, options);
        SignalR signalR = new SignalR(context, host, hubs);
        host.claim(signalR);
        host.follow(signalR.new Deployment());
        return signalR;
    }

    /** From now on {@link GlobalHost} knows the server, and starts it when it is needed before the context has been initialized. */
    void announce() {
        announcement = GlobalHost.announce(context.getClassLoader(), server);
        host.closeOnUndeploy(announcement);
    }

    /** The same for what nobody has asked for: it gives way to a mapping that the application makes. */
    void announceUntilMapped() {
        givesWay = true;
        announce();
    }

    /** Leaves the context to another mapping, unless it is meant, or its server runs. */
    boolean giveWay() {
        if (!givesWay || server.hasBegun()) {
            return false;
        }
        withdrawn = true;
        announcement.close();
        return true;
    }

    private HubRegistry registry() {
        return HubRegistry.of(hubs);
    }

    private void requireNotBegun() {
        if (server.hasBegun()) {
            throw new IllegalStateException(
                    "The SignalR server has been started by code that needed it, and cannot be configured any more.");
        }
    }

    /** Lets a context serve what somebody else has started and will end; at once. */
    public static void serve(ServletContext context, SignalRServer server) {
        serve(context, server, HostingOptions.DEFAULTS);
    }

    /**
     * The same with options.
     *
     * @param options what the host lets peers do; those of the first call count for the whole context
     */
    public static void serve(ServletContext context, SignalRServer server, HostingOptions options) {
        HostDeployment host = HostDeployment.of(context, options);
        host.serve(server);
    }

    /**
     * Whether a request lies under a mapping of its web application, and so never passes SignalR's filter. For filters and listeners that treat such requests otherwise; any
     * thread, while the request is being answered.
     */
    public static boolean answers(HttpServletRequest request) {
        return HostDeployment.covers(request);
    }

    /** Maps all hubs with the defaults. */
    public SignalR hubs(String path) {
        return hubs(path, HubConfiguration.defaults());
    }

    /**
     * Maps all hubs at one more path.
     *
     * @throws IllegalArgumentException when the path is the root, or mapped already, in whatever case
     */
    public SignalR hubs(String path, HubConfiguration configuration) {
        requireNotBegun();
        settings.hubs(path, configuration);
        return this;
    }

    /** Maps a type of persistent connection with the defaults. */
    public SignalR connection(String path, Class<? extends PersistentConnection> type) {
        return connection(path, type, ConnectionConfiguration.defaults());
    }

    /**
     * Maps a type of persistent connection at one more path.
     *
     * @throws IllegalArgumentException when the path is the root, or mapped already, in whatever case
     */
    public SignalR connection(
            String path, Class<? extends PersistentConnection> type, ConnectionConfiguration configuration) {
        requireNotBegun();
        settings.connection(path, type, configuration);
        return this;
    }

    /**
     * Lets only those reach a path of the application, and what lies below it, who meet a rule: others get 401 when they are anonymous, else 403. The longest
     * path decides, in any case and on a segment boundary, whatever else is mapped there; {@code /} covers everything. Who authenticates (the container, a
     * filter) stands in front; so does what answers the preflights of other origins (CORS), which are anonymous.
     *
     * @throws IllegalArgumentException when the path has a rule already, in whatever case
     */
    public SignalR require(String path, AuthorizationRule rule) {
        return enforce(new PathRule(path, Optional.of(rule)));
    }

    /**
     * Leaves a path open below one for which something is required.
     *
     * @throws IllegalArgumentException when the path has a rule already, in whatever case
     */
    public SignalR allow(String path) {
        return enforce(new PathRule(path, Optional.empty()));
    }

    /**
     * Lets the pages of other origins that may use SignalR ({@code settings().origins(…)}) use a path of the application as well, and what lies below it, in any case:
     * they get CORS headers and answers to preflights there, and pages of all other origins get 403.
     */
    public SignalR alsoForOtherOrigins(String path) {
        host.origins().alsoAt(path);
        return this;
    }

    SignalR enforce(PathRule rule) {
        host.rules().add(rule);
        return this;
    }

    /** Takes what the operator says, in place of what has been said so far. */
    void configured(WebConfig config) {
        config.applyTo(settings);
        host.enforce(config);
        if (config.settings().get(ServerSettings.REQUIRE_AUTHENTICATION)) {
            modules.add(HubPipeline::requireAuthentication);
        }
    }

    /**
     * What the operator of an application said: {@code web.config} and what stands in its place. Read at the first call, on the caller's thread.
     *
     * @throws io.hubwire.signalr.config.setting.ConfigurationException with a message for the operator
     */
    public static WebConfig configuration(ServletContext context) {
        return WebConfigLocation.read(context);
    }

    /** Adds a module to the pipeline of the hubs, inside of those added before. */
    public SignalR module(HubPipelineModule module) {
        requireNotBegun();
        Objects.requireNonNull(module, "module");
        modules.add(pipeline -> pipeline.addModule(module));
        return this;
    }

    /** Adds a module that is made as hubs are, by CDI where that is there, when the first request comes; see {@link HubPipeline#addModule(Class)}. */
    public SignalR module(Class<? extends HubPipelineModule> type) {
        requireNotBegun();
        Objects.requireNonNull(type, "type");
        modules.add(pipeline -> pipeline.addModule(type));
        return this;
    }

    /**
     * Runs code when the server has started, before the first client: to publish, or to begin what publishes. It runs on the thread that starts the application, in the order
     * of the calls; what it throws fails the start.
     */
    public SignalR started(Consumer<ConnectionManager> code) {
        started.add(Objects.requireNonNull(code, "code"));
        return this;
    }

    /** Everything else that can be set. */
    public SignalRConfig.Builder settings() {
        requireNotBegun();
        return settings;
    }

    /**
     * Keeps the keys of tokens in a directory, so that clients survive a restart; by default in one for the application, named by its context path, below {@code
     * hubwire.work} (a system property), or else in the container's work directory of this application.
     */
    public SignalR keysIn(Path directory) {
        requireNotBegun();
        keyDirectory = directory;
        return this;
    }

    /**
     * Says that no other WebSocket endpoint exists in the application. On Tomcat the buffers of a session then take 2 kB in place of 24: whole messages of other
     * endpoints would be limited to 1,024 characters. Assumed where the container's scan has found no other.
     */
    public SignalR ownsWebSocket() {
        host.ownsWebSocket();
        return this;
    }

    /** The context that is being mapped, for its parameters. */
    public ServletContext servletContext() {
        return context;
    }

    private SignalRServer start() {
        beforeStart.run();
        settings.classLoader(context.getClassLoader())
                .activator(activator)
                .connectionFactory(PersistentConnectionFactory.find(context.getClassLoader()))
                .tracing(this::inTraceDirectory);
        try {
            settings.keys(KeyFile.inDirectory(keyDirectory == null ? workDirectory() : keyDirectory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SignalRServer server = SignalRServer.start(settings.build(), HubRegistry.of(hubs));
        host.closeOnUndeploy(server);
        announcement.close();
        modules.forEach(module -> module.accept(server.hubs().hubPipeline()));
        return server;
    }

    private TraceConfig inTraceDirectory(TraceConfig tracing) {
        return tracing.directory().isPresent()
                ? tracing
                : tracing.inDirectory(TraceDirectory.of(context, applicationName(), System::getProperty));
    }

    private Path workDirectory() {
        String configured = System.getProperty(WORK_DIRECTORY);
        if (configured != null) {
            return Path.of(configured, applicationName());
        }
        File temporary = (File) context.getAttribute(ServletContext.TEMPDIR);
        return temporary.toPath().resolve("hubwire");
    }

    /** As Tomcat names the directories of web applications: of two in one container, neither may take the other's tokens. */
    private String applicationName() {
        String path = context.getContextPath();
        return path.isEmpty() ? "ROOT" : path.substring(1).replace('/', '#');
    }

    /** Starts the server with the context, unless somebody has needed it before. */
    private final class Deployment implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            if (withdrawn) {
                return;
            }
            activator.validate(server.hubs());
            SignalRServer running = server.server();
            host.serve(running);
            started.forEach(code -> code.accept(running.hubs().connectionManager()));
        }
    }
}
