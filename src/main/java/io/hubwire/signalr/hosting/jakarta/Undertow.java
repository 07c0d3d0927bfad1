package io.hubwire.signalr.hosting.jakarta;

import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Optional;

/** What is different in WildFly's servlet container. */
final class Undertow {
    private static final String PACKAGE = "io.undertow.";

    /** A third of the time after which it ends a socket that it has read nothing from, unless told (its read timeout, 90 s). */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(30);

    private Undertow() {}

    /** Whether it is this container that has made the context. */
    static boolean made(ServletContext context) {
        return context.getClass().getName().startsWith(PACKAGE);
    }

    /** Clients of SignalR may have nothing to say for hours. They answer pings, and so are read from; a chosen interval stays. */
    static HostingOptions pinging(HostingOptions options) {
        return options.pingInterval().isPresent()
                ? options
                : options.with().pingInterval(Optional.of(PING_INTERVAL)).build();
    }
}
