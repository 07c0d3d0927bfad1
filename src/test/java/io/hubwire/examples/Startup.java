package io.hubwire.examples;

import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hosting.jakarta.SignalRStartup;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.security.OriginPolicy;
import java.util.List;

public final class Startup implements SignalRStartup {

    @Override
    public void configuration(SignalR signalR) {
        signalR.hubs("/signalr", new HubConfiguration(true, true, false))
                .settings()
                .origins(OriginPolicy.allowing(List.of("https://www.example.com")));
    }
}
