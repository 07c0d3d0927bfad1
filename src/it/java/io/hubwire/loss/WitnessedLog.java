package io.hubwire.loss;

import io.hubwire.signalr.bus.InMemoryLog;
import io.hubwire.signalr.bus.LogListener;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageLog;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The log of a single node, with somebody who is told of each message before the node gets it. */
final class WitnessedLog implements MessageLog {
    private final MessageLog log = new InMemoryLog();
    private final BiConsumer<Long, Message> witness;

    WitnessedLog(BiConsumer<Long, Message> witness) {
        this.witness = witness;
    }

    @Override
    public Origin open() {
        return log.open();
    }

    @Override
    public void feed(LogListener listener) {
        log.feed(new LogListener() {
            @Override
            public void onEntry(long offset, Message message) {
                witness.accept(offset, message);
                listener.onEntry(offset, message);
            }

            @Override
            public boolean hasRoom() {
                return listener.hasRoom();
            }
        });
    }

    @Override
    public CompletionStage<Long> append(Message message) {
        return log.append(message);
    }

    @Override
    public boolean isShared() {
        return log.isShared();
    }

    @Override
    public void close() {
        log.close();
    }
}
