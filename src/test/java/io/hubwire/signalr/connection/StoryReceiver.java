package io.hubwire.signalr.connection;

import io.hubwire.signalr.transport.Peer;
import io.hubwire.signalr.transport.Receiver;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A receive request that only writes down what the heartbeat tells it. */
record StoryReceiver(String connectionId, TransportKind kind, List<String> story) implements Receiver {

    @Override
    public Peer peer() {
        return new Peer(Optional.empty(), "192.0.2.1");
    }

    @Override
    public void keepAlive() {
        story.add("told to keep alive");
    }

    @Override
    public void timeOut() {
        story.add("timed out");
    }

    @Override
    public void replaced() {
        story.add("replaced");
    }

    @Override
    public boolean hasExpired() {
        return false;
    }

    @Override
    public void shutDown() {
        story.add("shut down");
    }

    @Override
    public void vanished() {
        story.add("vanished");
    }

    @Override
    public void stopped() {
        story.add("stopped");
    }

    @Override
    public Duration age() {
        return Duration.ZERO;
    }
}
