package io.hubwire.examples;

import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hosting.HostRequest;
import java.util.concurrent.CompletionStage;

public class Echo extends PersistentConnection {

    @Override
    protected CompletionStage<?> onReceived(HostRequest request, String connectionId, String data) {
        return connection().broadcast(data, connectionId);
    }
}
