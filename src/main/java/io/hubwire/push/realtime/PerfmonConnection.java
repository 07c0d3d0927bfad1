package io.hubwire.push.realtime;

import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hosting.HostRequest;

/** Whoever watches the load of the machine; for those who are signed in. Clients get a {@link CpuUsageInfo} every second from {@link CpuMonitor}. */
public class PerfmonConnection extends PersistentConnection {

    @Override
    protected boolean authorizeRequest(HostRequest request) {
        return request.user().isPresent();
    }
}
