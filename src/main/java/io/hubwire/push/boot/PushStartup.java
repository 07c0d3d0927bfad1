package io.hubwire.push.boot;

import io.hubwire.push.realtime.SignedInUsersOnly;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hosting.jakarta.SignalRStartup;

/**
 * Maps the hubs at {@code /signalr}, for those who are signed in, and keeps the keys of their tokens with the application's
 * own.
 */
public final class PushStartup implements SignalRStartup {

    @Override
    public void configuration(SignalR signalR) {
        Settings settings =
                Settings.of(signalR.servletContext()::getInitParameter, System::getProperty, System::getenv);
        signalR.hubs("/signalr")
                .module(new SignedInUsersOnly())
                .keysIn(PushOptions.from(settings).data().resolve("keys"));
    }
}
