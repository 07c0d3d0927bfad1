package io.hubwire.examples;

import io.hubwire.signalr.connection.Negotiation;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hosting.jakarta.SignalRStartup;
import io.hubwire.signalr.protocol.NegotiateRedirect;
import java.util.Optional;

public final class Regions implements SignalRStartup {

    @Override
    public void configuration(SignalR signalR) {
        signalR.hubs("/signalr").settings().redirector(Regions::nearest);
    }

    static Optional<NegotiateRedirect> nearest(Negotiation client) {
        boolean european = client.request().query().text("region").equals("eu");
        return european && client.followsRedirects()
                ? Optional.of(NegotiateRedirect.to("https://eu.example.com/signalr"))
                : Optional.empty();
    }
}
