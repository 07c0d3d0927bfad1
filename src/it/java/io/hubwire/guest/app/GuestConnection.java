package io.hubwire.guest.app;

import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hosting.HostRequest;
import java.util.concurrent.CompletionStage;

/** Tells everybody what anybody says. */
public class GuestConnection extends PersistentConnection {

    @Override
    protected CompletionStage<?> onReceived(HostRequest request, String connectionId, String data) {
        return connection().broadcast(data);
    }
}
