package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.transport.Heartbeat;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Publishes to the bus, the only path to a client. */
public final class BusSignalPublisher implements SignalPublisher {
    private final MessageBus bus;
    private final Heartbeat heartbeat;

    /** @param heartbeat knows the clients of this node that are between two polls, and so would not hear of their end */
    public BusSignalPublisher(MessageBus bus, Heartbeat heartbeat) {
        this.bus = bus;
        this.heartbeat = heartbeat;
    }

    /** The topic of the commands to a connection, and of what is sent to it alone (protocol §7.1). */
    public static String commandTopic(String connectionId) {
        return "c-" + connectionId;
    }

    @Override
    public CompletionStage<Void> publish(String signal, byte[] payload, Set<String> exclusions) {
        return bus.publish(Message.of(signal, payload, exclusions)).thenAccept(offset -> {});
    }

    @Override
    public CompletionStage<Void> join(String connectionId, String group) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(group)) {
            throw new IllegalArgumentException(
                    "The name of a group has half a surrogate pair, which no token can carry.");
        }
        return bus.publishAcknowledged(commandTopic(connectionId), new Command.Join(group, bus.nextCommandId()));
    }

    @Override
    public CompletionStage<Void> leave(String connectionId, String group) {
        return bus.publishAcknowledged(commandTopic(connectionId), new Command.Leave(group, bus.nextCommandId()));
    }

    @Override
    public CompletionStage<Void> disconnect(String connectionId) {
        return stop(connectionId, new Command.Disconnect());
    }

    /** The client has asked for the end of its connection (protocol §5.5). */
    void abort(String connectionId) {
        stop(connectionId, new Command.Abort());
    }

    /** Tells every node through the bus, and ends at once what this node knows to be between two polls. */
    private CompletionStage<Void> stop(String connectionId, Command command) {
        CompletionStage<Void> published =
                bus.publish(Message.of(commandTopic(connectionId), command)).thenAccept(offset -> {});
        heartbeat.stopBetweenPolls(connectionId);
        return published;
    }
}
