package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.BusSignalPublisher;
import io.hubwire.signalr.protocol.HubResponse;
import io.hubwire.signalr.protocol.RawJson;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The reports of one call: they go to the caller's own topic, as any message does. */
final class ProgressReporter implements Progress<Object> {
    private final HubServices services;
    private final String connectionId;
    private final String callId;
    private final StateTracker state;
    private volatile boolean completed;

    /** @param callId null when the client sent none */
    ProgressReporter(HubServices services, String connectionId, String callId, StateTracker state) {
        this.services = services;
        this.connectionId = connectionId;
        this.callId = callId;
        this.state = state;
    }

    @Override
    public CompletionStage<Void> report(Object value) {
        if (completed) {
            throw new IllegalStateException(
                    "You cannot report progress on a hub method invocation that has already completed.");
        }
        RawJson written = services.binding().write(value);
        byte[] report = HubResponse.progress(callId, written, state.changes().orElse(null))
                .toUtf8();
        return services.publisher().publish(BusSignalPublisher.commandTopic(connectionId), report, Set.of());
    }

    /** From now on reports are refused. */
    void complete() {
        completed = true;
    }
}
