package io.hubwire.signalr;

import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.connection.ConnectTicketConfig;
import io.hubwire.signalr.connection.ConnectionConfig;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.NegotiateRedirector;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.connection.PersistentConnectionFactory;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hub.ArgumentValidator;
import io.hubwire.signalr.hub.HubActivator;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.operations.DrainOptions;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.security.OriginPolicy;
import io.hubwire.signalr.security.UserIdProvider;
import io.hubwire.signalr.tracing.TraceConfig;
import io.hubwire.signalr.transport.SessionLimits;
import io.hubwire.signalr.transport.TransportConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Everything a server is started with: each package's own record, gathered. Immutable; made by {@link #builder}.
 *
 * @param name begins the names of the server's threads
 * @param classLoader of the deployment: what {@code GlobalHost} goes by, and the context class loader of all threads
 * @param keys protects tokens; every node of a farm needs the same
 * @param redirector may send clients elsewhere as they negotiate; default {@link NegotiateRedirector#NONE}
 * @param validator refuses arguments of hub methods; default the one that is there as a service. Closed with the server
 * @param connectTickets whether clients may come with connect tickets, and what those are like; default empty: they may not
 * @param sessions how many clients this node takes
 * @param workers threads for hub methods on a JDK without virtual threads, at least 1; default eight times the processors
 * @param workerQueue most calls and events running or waiting, at least 1; default 10 000
 * @param strictHubs whether the server refuses to start with hubs whose mistakes it would otherwise warn of: methods that no client can tell apart,
 *     and clients' interfaces that break the rules of {@code TypedHub}; default false
 * @param tracing who listens to which trace source; default nobody
 * @param drain how {@link SignalRServer#drain()} lets clients go; default {@link DrainOptions#DEFAULTS}
 * @param applicationLimits names of limits that the application keeps to itself, such as {@code Upload Size}: its refusals ({@link
 *     io.hubwire.signalr.metrics.Metrics#refused(String)}) are shown with the server's own; default none
 * @param hubs the mappings of hubs: path below the context path → what it allows
 * @param persistentConnections the mappings of persistent connections, likewise
 */
public record SignalRConfig(
        String name,
        ClassLoader classLoader,
        TransportConfig transports,
        ConnectionConfig connections,
        BusConfig bus,
        KeyRing keys,
        OriginPolicy origins,
        NegotiateRedirector redirector,
        Optional<ConnectTicketConfig> connectTickets,
        UserIdProvider users,
        HubActivator activator,
        PersistentConnectionFactory connectionFactory,
        JsonBinding binding,
        ArgumentValidator validator,
        SessionLimits sessions,
        int workers,
        int workerQueue,
        boolean strictHubs,
        TraceConfig tracing,
        DrainOptions drain,
        Set<String> applicationLimits,
        Map<String, HubConfiguration> hubs,
        Map<String, MappedConnection> persistentConnections) {

    private static final int WORKERS_PER_PROCESSOR = 8;
    private static final int DEFAULT_WORKER_QUEUE = 10_000;

    public SignalRConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(classLoader, "classLoader");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(redirector, "redirector");
        Objects.requireNonNull(drain, "drain");
        Objects.requireNonNull(sessions, "sessions");
        Objects.requireNonNull(tracing, "tracing");
        requireAtLeastOne("workers", workers);
        requireAtLeastOne("workerQueue", workerQueue);
        applicationLimits = Collections.unmodifiableSet(new LinkedHashSet<>(applicationLimits));
        hubs = Collections.unmodifiableMap(new LinkedHashMap<>(hubs));
        persistentConnections = Collections.unmodifiableMap(new LinkedHashMap<>(persistentConnections));
        Duration needed = transports.retention();
        if (bus.tailAge().compareTo(needed) < 0) {
            throw new IllegalArgumentException("The bus keeps messages for " + bus.tailAge()
                    + ", but clients may come back so late that it must keep them for " + needed + ".");
        }
    }

    /** A type of persistent connection at a path. */
    public record MappedConnection(Class<? extends PersistentConnection> type, ConnectionConfiguration configuration) {

        public MappedConnection {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(configuration, "configuration");
        }
    }

    /** A builder that begins with the defaults: one random key, same origin only, nothing mapped. */
    public static Builder builder() {
        return new Builder();
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }

    /** Collects settings; {@link #build} checks them together, whatever the order in which they came. */
    public static final class Builder {
        private String name = "hubwire";
        private ClassLoader classLoader = SignalRConfig.class.getClassLoader();
        private TransportConfig transports = TransportConfig.defaults();
        private ConnectionConfig connections = ConnectionConfig.defaults();
        private BusConfig bus; // null: derived from the transports
        private KeyRing keys; // null: a random one
        private OriginPolicy origins = OriginPolicy.sameOrigin();
        private NegotiateRedirector redirector = NegotiateRedirector.NONE;
        private ConnectTicketConfig connectTickets; // null: off
        private UserIdProvider users = UserIdProvider.principalName();
        private HubActivator activator = HubActivator.reflective();
        private PersistentConnectionFactory connectionFactory = PersistentConnectionFactory.reflective();
        private JsonBinding binding; // null: the default binding
        private ArgumentValidator validator; // null: what the class loader has
        private SessionLimits sessions = SessionLimits.defaults();
        private int workers = WORKERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        private int workerQueue = DEFAULT_WORKER_QUEUE;
        private boolean strictHubs;
        private TraceConfig tracing = TraceConfig.NONE;
        private DrainOptions drain = DrainOptions.DEFAULTS;
        private Set<String> applicationLimits = Set.of();
        private final Map<String, HubConfiguration> hubs = new LinkedHashMap<>();
        private final Map<String, MappedConnection> persistentConnections = new LinkedHashMap<>();
        private UnaryOperator<BusConfig> busChange = UnaryOperator.identity();
        private UnaryOperator<ConnectTicketConfig> ticketChange; // null: none

        private Builder() {}

        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder classLoader(ClassLoader value) {
            classLoader = value;
            return this;
        }

        public Builder transports(TransportConfig value) {
            transports = value;
            return this;
        }

        /** Changes what was set before, or else the default. */
        public Builder transports(UnaryOperator<TransportConfig> change) {
            transports = change.apply(transports);
            return this;
        }

        public Builder connections(ConnectionConfig value) {
            connections = value;
            return this;
        }

        /** Changes what was set before, or else the default. */
        public Builder connections(UnaryOperator<ConnectionConfig> change) {
            connections = change.apply(connections);
            return this;
        }

        public Builder bus(BusConfig value) {
            bus = value;
            return this;
        }

        /** Changes, at the end, what was set or else what follows from the transports. */
        public Builder bus(UnaryOperator<BusConfig> change) {
            UnaryOperator<BusConfig> before = busChange;
            busChange = config -> change.apply(before.apply(config));
            return this;
        }

        public Builder keys(KeyRing value) {
            keys = value;
            return this;
        }

        public Builder origins(OriginPolicy value) {
            origins = value;
            return this;
        }

        public Builder redirector(NegotiateRedirector value) {
            redirector = value;
            return this;
        }

        /** Switches connect tickets on: {@code ticket} in a query then means one. */
        public Builder connectTickets(ConnectTicketConfig value) {
            connectTickets = value;
            return this;
        }

        /**
         * Changes, at the end, what connect tickets are like; {@link #build} fails when they are off.
         */
        public Builder connectTickets(UnaryOperator<ConnectTicketConfig> change) {
            ticketChange = change;
            return this;
        }

        public Builder users(UserIdProvider value) {
            users = value;
            return this;
        }

        public Builder activator(HubActivator value) {
            activator = value;
            return this;
        }

        public Builder connectionFactory(PersistentConnectionFactory value) {
            connectionFactory = value;
            return this;
        }

        public Builder validator(ArgumentValidator value) {
            validator = value;
            return this;
        }

        public Builder binding(JsonBinding value) {
            binding = value;
            return this;
        }

        public Builder sessions(SessionLimits value) {
            sessions = value;
            return this;
        }

        /** Changes what was set before, or else the default. */
        public Builder sessions(UnaryOperator<SessionLimits> change) {
            sessions = change.apply(sessions);
            return this;
        }

        /** Sets {@link SessionLimits#most} alone. */
        public Builder maxConnections(int value) {
            return sessions(new SessionLimits(value, sessions.mostPerUser(), sessions.mostPerAddress()));
        }

        public Builder workers(int value) {
            workers = value;
            return this;
        }

        public Builder workerQueue(int value) {
            workerQueue = value;
            return this;
        }

        public Builder strictHubs(boolean value) {
            strictHubs = value;
            return this;
        }

        public Builder tracing(TraceConfig value) {
            tracing = value;
            return this;
        }

        /** Changes what was set before, or else the default. */
        public Builder tracing(UnaryOperator<TraceConfig> change) {
            tracing = change.apply(tracing);
            return this;
        }

        public Builder applicationLimits(Set<String> value) {
            applicationLimits = value;
            return this;
        }

        public Builder drain(DrainOptions value) {
            drain = value;
            return this;
        }

        /** Changes what was set before, or else the default. */
        public Builder drain(UnaryOperator<DrainOptions> change) {
            drain = change.apply(drain);
            return this;
        }

        /**
         * Maps all hubs of the deployment at a path; several paths may map them with different settings.
         *
         * @throws IllegalArgumentException when the path is the root, or mapped already, in whatever case
         */
        public Builder hubs(String path, HubConfiguration configuration) {
            hubs.put(free(path), Objects.requireNonNull(configuration, "configuration"));
            return this;
        }

        /**
         * Maps a type of persistent connection at a path; several paths may map the same one.
         *
         * @throws IllegalArgumentException when the path is the root, or mapped already, in whatever case
         */
        public Builder connection(
                String path, Class<? extends PersistentConnection> type, ConnectionConfiguration configuration) {
            persistentConnections.put(free(path), new MappedConnection(type, configuration));
            return this;
        }

        /** Changes what the hubs mapped so far decide, by their paths. */
        public Builder hubs(BiFunction<String, HubConfiguration, HubConfiguration> change) {
            hubs.replaceAll(change);
            return this;
        }

        /** Changes what the persistent connections mapped so far decide, by their paths. */
        public Builder connections(BiFunction<String, ConnectionConfiguration, ConnectionConfiguration> change) {
            persistentConnections.replaceAll(
                    (path, mapped) -> new MappedConnection(mapped.type(), change.apply(path, mapped.configuration())));
            return this;
        }

        private String free(String path) {
            String normalized = HostMapping.normalize(path);
            if (normalized.isEmpty()) {
                throw new IllegalArgumentException(
                        "\"" + path + "\" cannot be mapped: a mapping answers everything under"
                                + " its path, which must lie below the root.");
            }
            if (Stream.concat(hubs.keySet().stream(), persistentConnections.keySet().stream())
                    .anyMatch(normalized::equalsIgnoreCase)) {
                throw new IllegalArgumentException("The path " + normalized + " is mapped already.");
            }
            return normalized;
        }

        /**
         * Checks and combines the settings.
         *
         * @throws IllegalArgumentException for an impossible combination; the message names the values
         */
        public SignalRConfig build() {
            return new SignalRConfig(
                    name,
                    classLoader,
                    transports,
                    connections,
                    busChange.apply(bus == null ? busFor(transports) : bus),
                    keys == null ? KeyRing.random() : keys,
                    origins,
                    redirector,
                    tickets(),
                    users,
                    activator,
                    connectionFactory,
                    binding == null ? JsonBinding.standard() : binding,
                    validator == null ? ArgumentValidator.find(classLoader) : validator,
                    sessions,
                    workers,
                    workerQueue,
                    strictHubs,
                    tracing,
                    drain,
                    applicationLimits,
                    hubs,
                    persistentConnections);
        }

        private Optional<ConnectTicketConfig> tickets() {
            if (ticketChange == null) {
                return Optional.ofNullable(connectTickets);
            }
            if (connectTickets == null) {
                throw new IllegalArgumentException(
                        "This application issues no connect tickets, so nothing can be set about them.");
            }
            return Optional.of(ticketChange.apply(connectTickets));
        }

        private static BusConfig busFor(TransportConfig transports) {
            return BusConfig.forTimeouts(
                    transports.disconnectTimeout(),
                    transports.keepAliveTimeout().orElse(Duration.ZERO));
        }
    }
}
