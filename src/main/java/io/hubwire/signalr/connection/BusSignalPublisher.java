package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageBus;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Publishes to the bus, the only path to a client. */
public final class BusSignalPublisher implements SignalPublisher {
    private final MessageBus bus;

    public BusSignalPublisher(MessageBus bus) {
        this.bus = bus;
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
        return bus.publishAcknowledged(commandTopic(connectionId), new Command.Join(group, bus.nextCommandId()));
    }

    @Override
    public CompletionStage<Void> leave(String connectionId, String group) {
        return bus.publishAcknowledged(commandTopic(connectionId), new Command.Leave(group, bus.nextCommandId()));
    }
}
