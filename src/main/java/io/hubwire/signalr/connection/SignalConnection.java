package io.hubwire.signalr.connection;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Sends by signals. */
record SignalConnection(String defaultSignal, SignalSender sender) implements Connection {

    @Override
    public CompletionStage<Void> broadcast(Object value, String... excludedConnectionIds) {
        return sender.send(defaultSignal, value, SignalSender.exclusions(excludedConnectionIds));
    }

    @Override
    public CompletionStage<Void> send(String connectionId, Object value) {
        return sender.send(signalOf(connectionId), value, Set.of());
    }

    @Override
    public CompletionStage<Void> send(Collection<String> connectionIds, Object value) {
        List<String> signals =
                connectionIds.stream().map(SignalConnection::signalOf).toList();
        return sender.send(signals, value, Set.of());
    }

    @Override
    public CompletionStage<Void> send(ConnectionMessage message) {
        return sender.send(message.signal(), message.value(), message.excludedSignals());
    }

    private static String signalOf(String connectionId) {
        return BusSignalPublisher.commandTopic(SignalSender.requireNamed("connectionId", connectionId));
    }
}
