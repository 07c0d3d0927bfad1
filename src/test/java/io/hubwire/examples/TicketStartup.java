package io.hubwire.examples;

import io.hubwire.signalr.connection.ConnectTicketConfig;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hosting.jakarta.SignalRStartup;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.security.ConnectTicket;
import java.util.Map;

/** Switches connect tickets on, and issues them. */
public final class TicketStartup implements SignalRStartup {

    @Override
    public void configuration(SignalR signalR) {
        signalR.hubs("/signalr").settings().connectTickets(ConnectTicketConfig.defaults());
    }

    /** Called by an endpoint of yours, for a request that is authenticated as you like. */
    public static String ticket(AccessTokens.User user, String originHeader) {
        var holder = new ConnectTicket.Holder(user.name(), user.roles(), Map.of(), user.expiresAt());
        return GlobalHost.connectTickets().issue(holder, originHeader).ticket();
    }
}
