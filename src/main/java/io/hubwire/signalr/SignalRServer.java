package io.hubwire.signalr;

import io.hubwire.signalr.SignalRConfig.MappedConnection;
import io.hubwire.signalr.bus.BusEnvironment;
import io.hubwire.signalr.bus.InMemoryLog;
import io.hubwire.signalr.bus.LogMessageBus;
import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.bus.MessageLog;
import io.hubwire.signalr.concurrent.Clock;
import io.hubwire.signalr.concurrent.CompletionExecutor;
import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.concurrent.ScheduledTimer;
import io.hubwire.signalr.concurrent.WorkExecutor;
import io.hubwire.signalr.connection.BusSignalPublisher;
import io.hubwire.signalr.connection.CallsInFlight;
import io.hubwire.signalr.connection.ConnectTickets;
import io.hubwire.signalr.connection.ConnectionDispatcher;
import io.hubwire.signalr.connection.ConnectionEndpoint;
import io.hubwire.signalr.connection.ConnectionServices;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hub.ConnectionManager;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubDeployment;
import io.hubwire.signalr.hub.HubPipeline;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.hub.HubServices;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.operations.DrainOptions;
import io.hubwire.signalr.operations.DrainReport;
import io.hubwire.signalr.operations.JmxRegistration;
import io.hubwire.signalr.operations.ServerOperations;
import io.hubwire.signalr.operations.ServerSnapshot;
import io.hubwire.signalr.security.RateLimit;
import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.tracing.TraceSources;
import io.hubwire.signalr.transport.Heartbeat;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * One deployment's server: owns every thread that the library starts, and ends them in {@link #close}. A host routes requests under each of
 * {@link #mappings} to its handler; everything else is reached from here or through {@link GlobalHost}.
 */
public final class SignalRServer implements ServerOperations, AutoCloseable {
    private static final Logger LOG = System.getLogger(SignalRServer.class.getName());
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int COMPLETION_THREADS = 4;

    private final SignalRConfig config;
    private final Metrics metrics;
    private final TraceSources tracing;
    private final ScheduledTimer timer;
    private final WorkExecutor workers;
    private final CompletionExecutor completions;
    private final MessageBus bus;
    private final Heartbeat heartbeat;
    private final HubDeployment hubs;
    private final Optional<ConnectTickets> connectTickets;
    private final List<HostMapping> mappings;
    private final ServerInspector inspector;
    private final AtomicInteger blockedReaders = new AtomicInteger();
    private final Optional<RateLimit> callRate;
    private final CallsInFlight callsInFlight;
    private final AtomicReference<Drain> drain = new AtomicReference<>();
    private Registration registration;
    private Optional<JmxRegistration> jmx = Optional.empty();

    private SignalRServer(
            SignalRConfig config, HubRegistry registry, MessageLog log, Metrics metrics, TraceSources tracing) {
        this.config = config;
        this.metrics = metrics;
        this.tracing = tracing;
        this.callsInFlight = new CallsInFlight(metrics);
        this.timer = new ScheduledTimer(config.name() + "-timer", config.classLoader());
        this.workers = WorkExecutor.create(
                config.name() + "-worker", config.workers(), config.workerQueue(), config.classLoader());
        this.completions =
                new CompletionExecutor(config.name() + "-completion", COMPLETION_THREADS, config.classLoader());
        this.bus = LogMessageBus.open(
                log,
                config.bus(),
                new BusEnvironment(
                        config.name(), Clock.system(), timer, completions, metrics, config.classLoader(), tracing));
        this.callRate = callRate(config);
        this.heartbeat = new Heartbeat(config.transports(), config.sessions(), timer, Clock.system(), tracing);
        this.connectTickets =
                config.connectTickets().map(settings -> new ConnectTickets(config.keys(), settings, metrics));
        this.hubs = new HubDeployment(
                registry,
                new HubServices(
                        new BusSignalPublisher(bus, heartbeat),
                        config.activator(),
                        config.binding(),
                        config.validator(),
                        config.users(),
                        metrics,
                        workers,
                        tracing));
        this.mappings = Stream.concat(
                        config.hubs().entrySet().stream().map(this::hubMapping),
                        config.persistentConnections().entrySet().stream().map(this::connectionMapping))
                .toList();
        this.inspector = new ServerInspector(metrics, bus, heartbeat, registry.hubs(), timer, Clock.system());
    }

    /** A connection that calls is a client of this node, or has been sent here by another. */
    private static Optional<RateLimit> callRate(SignalRConfig config) {
        OptionalInt most = config.connections().maxCallsPerSecond();
        return most.isPresent()
                ? Optional.of(new RateLimit(
                        most.getAsInt(),
                        Duration.ofSeconds(1),
                        config.sessions().most()))
                : Optional.empty();
    }

    /** Starts a server that stands alone. */
    public static SignalRServer start(SignalRConfig config, HubRegistry hubs) {
        return start(config, hubs, new InMemoryLog());
    }

    /**
     * Starts a server on a log that other nodes may share.
     *
     * @param log closed with the server, or at once when the hubs are refused
     * @throws java.io.UncheckedIOException when the file of a trace listener cannot be opened; the message names listener, file and reason
     * @throws IllegalArgumentException when hubs are not as {@link SignalRConfig#strictHubs} wants them; the message names all their mistakes
     */
    public static SignalRServer start(SignalRConfig config, HubRegistry hubs, MessageLog log) {
        List<String> mistakes = config.strictHubs() ? HubDeployment.mistakes(hubs) : List.of();
        if (!mistakes.isEmpty()) {
            log.close();
            throw new IllegalArgumentException(String.join("\n", mistakes));
        }
        SignalRServer server = made(config, hubs, log);
        try {
            server.registration = GlobalHost.register(config.classLoader(), server.new Running());
            server.heartbeat.start();
            server.jmx = JmxRegistration.of(server);
            return server;
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    private static SignalRServer made(SignalRConfig config, HubRegistry hubs, MessageLog log) {
        Metrics metrics = new Metrics(config.name(), config.applicationLimits());
        TraceSources tracing;
        try {
            tracing = TraceSources.open(
                    config.tracing(),
                    config.name(),
                    config.classLoader(),
                    lines -> metrics.add(Counter.TRACE_LINES_LOST, lines));
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
        try {
            tracing.of(SourceName.PERFORMANCE_COUNTER_MANAGER)
                    .log(Level.DEBUG, () -> "The counters are those of the instance " + metrics.name());
            return new SignalRServer(config, hubs, log, metrics, tracing);
        } catch (RuntimeException e) {
            tracing.close();
            throw e;
        }
    }

    /** What a host routes to the server. */
    public List<HostMapping> mappings() {
        return mappings;
    }

    /** The hubs, and the contexts of hubs and persistent connections. */
    public HubDeployment hubs() {
        return hubs;
    }

    /** Its connect tickets; empty unless {@link SignalRConfig#connectTickets} switches them on. */
    public Optional<ConnectTickets> connectTickets() {
        return connectTickets;
    }

    @Override
    public CompletionStage<ServerSnapshot> snapshot() {
        return inspector.snapshot();
    }

    @Override
    public CompletionStage<DrainReport> drain() {
        return drain(config.drain());
    }

    @Override
    public CompletionStage<DrainReport> drain(DrainOptions options) {
        Drain mine = new Drain(options, heartbeat, callsInFlight, Clock.system(), completions);
        Drain first = drain.compareAndExchange(null, mine);
        if (first != null) {
            return first.report();
        }
        LOG.log(Level.INFO, "Draining " + config.name() + ": " + options);
        metrics.increment(Gauge.DRAINING);
        CompletionStage<DrainReport> told = mine.report()
                .whenComplete((report, failure) -> LOG.log(Level.INFO, "Drained " + config.name() + ": " + report));
        mine.start(timer);
        return told;
    }

    @Override
    public boolean isDraining() {
        return heartbeat.isDraining();
    }

    @Override
    public Map<String, Double> rates() {
        return inspector.rates();
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    public SignalRConfig config() {
        return config;
    }

    /** What {@link GlobalHost} shows. */
    private final class Running implements GlobalHost.Deployment {

        @Override
        public ConnectionManager connectionManager() {
            return hubs.connectionManager();
        }

        @Override
        public HubPipeline hubPipeline() {
            return hubs.hubPipeline();
        }

        @Override
        public Optional<ServerOperations> operations() {
            return Optional.of(SignalRServer.this);
        }

        @Override
        public HubRegistry hubs() {
            return hubs.hubs();
        }

        @Override
        public Optional<ConnectTickets> connectTickets() {
            return connectTickets;
        }
    }

    private HostMapping hubMapping(Map.Entry<String, HubConfiguration> entry) {
        HubConfiguration configuration = entry.getValue();
        return mapping(entry.getKey(), configuration.jsonp(), hubs.endpoint(configuration));
    }

    private HostMapping connectionMapping(Map.Entry<String, MappedConnection> entry) {
        MappedConnection mapped = entry.getValue();
        ConnectionEndpoint endpoint =
                hubs.persistentConnections().endpoint(mapped.type(), config.connectionFactory(), config.users());
        return mapping(entry.getKey(), mapped.configuration().jsonp(), endpoint);
    }

    private HostMapping mapping(String path, boolean jsonp, ConnectionEndpoint endpoint) {
        ConnectionServices services = new ConnectionServices(
                bus,
                heartbeat,
                workers,
                config.keys(),
                config.origins(),
                config.redirector(),
                config.transports(),
                config.connections(),
                metrics,
                callRate,
                callsInFlight,
                blockedReaders,
                tracing);
        return new HostMapping(path, new ConnectionDispatcher(path, jsonp, endpoint, services), hubs.roles());
    }

    /**
     * Ends everything: open requests are told or closed (protocol §5.8), no disconnect events are raised, calls that are running get a few
     * seconds. Blocks until all threads have ended, at most about ten seconds. Idempotent.
     */
    @Override
    public void close() {
        if (registration != null) {
            registration.close();
        }
        jmx.ifPresent(JmxRegistration::close);
        inspector.close();
        endDrain();
        heartbeat.close();
        awaitLastWords();
        bus.close();
        workers.close(PATIENCE);
        config.validator().close();
        completions.close();
        timer.close();
        tracing.close();
    }

    private void endDrain() {
        Drain underWay = drain.get();
        if (underWay != null) {
            underWay.close();
        }
    }

    private void awaitLastWords() {
        try {
            if (!heartbeat.awaitQuiet(LAST_WORDS)) {
                LOG.log(Level.DEBUG, "Some peers did not take their last frame in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
