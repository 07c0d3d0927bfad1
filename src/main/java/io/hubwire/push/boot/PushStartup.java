package io.hubwire.push.boot;

import io.hubwire.push.realtime.PerfmonConnection;
import io.hubwire.push.realtime.SignedInUsersOnly;
import io.hubwire.signalr.hosting.jakarta.HostingOptions;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hosting.jakarta.SignalRStartup;
import io.hubwire.signalr.hosting.rest.NegotiateFace;

/**
 * Maps the hubs at {@code /signalr} and the CPU monitor at {@code /perfmon}, for those who are signed in, and keeps the keys of their tokens with the application's
 * own.
 */
public final class PushStartup implements SignalRStartup {
    private static final String NEGOTIATE = "/api/" + NegotiateFace.PATH;

    /** Negotiation goes through JAX-RS, like the rest of what the application answers. */
    @Override
    public HostingOptions hosting() {
        return HostingOptions.DEFAULTS.withNegotiateFace(NEGOTIATE);
    }

    @Override
    public void configuration(SignalR signalR) {
        Settings settings =
                Settings.of(signalR.servletContext()::getInitParameter, System::getProperty, System::getenv);
        signalR.hubs("/signalr")
                .connection("/perfmon", PerfmonConnection.class)
                .module(new SignedInUsersOnly())
                .keysIn(PushOptions.from(settings).data().resolve("keys"));
    }
}
