package io.hubwire.signalr.tracing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The trace sources by the original's names (protocol §15.2). What each tells at which level is in {@code src/docs/tracing.md}. */
public enum SourceName {
    PERSISTENT_CONNECTION("SignalR.PersistentConnection"),
    HUB_DISPATCHER("SignalR.HubDispatcher"),
    CONNECTION("SignalR.Connection"),
    MESSAGE_BUS("SignalR.MessageBus"),
    SCALEOUT_MESSAGE_BUS("SignalR.ScaleoutMessageBus"),
    SCALEOUT_SUBSCRIPTION("SignalR.ScaleoutSubscription"),
    REFLECTED_HUB_DESCRIPTOR_PROVIDER("SignalR.ReflectedHubDescriptorProvider"),
    PERFORMANCE_COUNTER_MANAGER("SignalR.PerformanceCounterManager"),
    WEB_SOCKET_TRANSPORT("SignalR.Transports.WebSocketTransport"),
    SERVER_SENT_EVENTS_TRANSPORT("SignalR.Transports.ServerSentEventsTransport"),
    FOREVER_FRAME_TRANSPORT("SignalR.Transports.ForeverFrameTransport"),
    LONG_POLLING_TRANSPORT("SignalR.Transports.LongPollingTransport"),
    TRANSPORT_HEART_BEAT("SignalR.Transports.TransportHeartBeat");

    /** Sources of the original's backplanes: a configuration may name them, but nothing here says anything through them. */
    private static final List<String> OF_OTHER_BACKPLANES = List.of(
            "SignalR.RedisMessageBus",
            "SignalR.RedisConnection",
            "SignalR.SqlMessageBus",
            "SignalR.ServiceBusMessageBus");

    private final String text;

    SourceName(String text) {
        this.text = text;
    }

    /** The name, which is also that of the {@link System.Logger}. */
    public String text() {
        return text;
    }

    /**
     * Finds a source; upper and lower case make no difference, as in .NET. Empty for the sources of backplanes that are not here, which never say anything.
     *
     * @throws IllegalArgumentException when there is no such source there either; the message names those that exist
     */
    public static Optional<SourceName> parse(String name) {
        Optional<SourceName> found = Arrays.stream(values())
                .filter(source -> source.text.equalsIgnoreCase(name))
                .findFirst();
        if (found.isEmpty() && OF_OTHER_BACKPLANES.stream().noneMatch(name::equalsIgnoreCase)) {
            throw new IllegalArgumentException("there is no trace source \"" + name + "\"; there are "
                    + Arrays.stream(values()).map(SourceName::text).collect(Collectors.joining(", ")));
        }
        return found;
    }
}
