package io.hubwire.guest.app;

import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hosting.jakarta.SignalRStartup;

/** Maps what the container has found, and a persistent connection. */
public final class GuestStartup implements SignalRStartup {

    @Override
    public void configuration(SignalR signalR) {
        Presence.begin(signalR.servletContext().getContextPath());
        signalR.hubs("/signalr").connection("/raw", GuestConnection.class);
    }
}
