package io.hubwire.signalr.connection;

import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.security.UserIdProvider;
import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.tracing.TraceSources;
import java.lang.System.Logger;
import java.util.Objects;

/** The persistent connections of a deployment, inside and outside of requests. Owns no threads; safe for any thread. */
public final class PersistentConnections {
    private final SignalPublisher publisher;
    private final JsonBinding binding;
    private final Logger log;

    /**
     * For the mappings of one server.
     *
     * @param binding serializes what is sent
     */
    public PersistentConnections(SignalPublisher publisher, JsonBinding binding, TraceSources tracing) {
        this.publisher = Objects.requireNonNull(publisher, "publisher");
        this.binding = Objects.requireNonNull(binding, "binding");
        this.log = tracing.of(SourceName.PERSISTENT_CONNECTION);
    }

    /** The clients and groups of a type, whether or not this node maps it: in a farm they may be connected to others. */
    public ConnectionContext context(Class<? extends PersistentConnection> type) {
        ConnectionSignals signals = new ConnectionSignals(type);
        SignalSender sender = new SignalSender(publisher, binding);
        return new Context(
                new SignalConnection(signals.all(), sender), new SignalConnectionGroups(signals, sender, publisher));
    }

    /**
     * What a mapping of a type does with its connections.
     *
     * @param users names users for {@link PersistentConnection#signals}
     */
    public ConnectionEndpoint endpoint(
            Class<? extends PersistentConnection> type, PersistentConnectionFactory factory, UserIdProvider users) {
        return new PersistentConnectionEndpoint(type, context(type), factory, users, log);
    }

    private record Context(Connection connection, ConnectionGroupManager groups) implements ConnectionContext {}
}
