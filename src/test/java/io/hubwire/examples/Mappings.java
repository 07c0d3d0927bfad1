package io.hubwire.examples;

import io.hubwire.signalr.hosting.jakarta.SignalR;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.List;

/** In the README: hubs that are mapped by code alone. */
public final class Mappings implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        SignalR.map(event.getServletContext(), List.of(ChatHub.class))
                .hubs("/signalr")
                .connection("/echo", Echo.class);
    }
}
