package io.hubwire.guest.app;

import io.hubwire.signalr.hosting.jakarta.SignalR;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.List;

/** Maps by code, where the container must look for nothing; declared in {@code web.xml}. */
public final class GuestListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        SignalR.map(event.getServletContext(), List.of(GuestHub.class))
                .hubs("/signalr")
                .connection("/raw", GuestConnection.class);
    }
}
