package io.hubwire.push.boot;

import io.hubwire.push.domain.PushLimit;
import io.hubwire.push.domain.RevokedTokens;
import io.hubwire.push.realtime.PerfmonConnection;
import io.hubwire.push.security.BearerTokens;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.connection.ConnectTicketConfig;
import io.hubwire.signalr.connection.SpentTickets;
import io.hubwire.signalr.hosting.jakarta.HostingOptions;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hosting.jakarta.SignalRStartup;
import io.hubwire.signalr.hosting.rest.NegotiateFace;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.hub.AuthorizeModule;
import io.hubwire.signalr.hub.HubAuthorizer;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;

/**
 * Maps the hubs at {@code /signalr} and the CPU monitor at {@code /perfmon}, for those who are signed in, and keeps the keys of their tokens with the application's
 * own. Connect tickets are good once on all nodes that share the database, and no longer than the bearer token behind them.
 */
public final class PushStartup implements SignalRStartup {
    /** Eight times what the busiest of our pages needs, the shape that is dragged. */
    private static final int MOST_CALLS_PER_SECOND = 200;

    private static final String NEGOTIATE = "/api/" + NegotiateFace.PATH;

    /** Negotiation goes through JAX-RS, like the rest of what the application answers. */
    @Override
    public HostingOptions hosting() {
        return HostingOptions.DEFAULTS
                .with()
                .negotiateFace(Optional.of(NEGOTIATE))
                .build();
    }

    @Override
    public void configuration(SignalR signalR) {
        EffectiveSettings settings =
                SignalR.configuration(signalR.servletContext()).settings(PushSettings.groups());
        signalR.hubs("/signalr")
                .connection("/perfmon", PerfmonConnection.class)
                .alsoForOtherOrigins("/api")
                .alsoForOtherOrigins("/download")
                .module(new AuthorizeModule(new HubAuthorizer(), AuthorizationRule.authenticated()))
                .keysIn(PushOptions.from(settings).data().resolve("keys"))
                .settings()
                .applicationLimits(PushLimit.displayNames())
                .connections(defaults -> defaults.withMaxCallsPerSecond(MOST_CALLS_PER_SECOND))
                .connectTickets(ConnectTicketConfig.defaults()
                        .withWithdrawn(holder -> bean(BearerTokens.class).isSignedOut(holder))
                        .withShared((id, until) -> bean(RevokedTokens.class).revokeFirst(id, until)
                                ? SpentTickets.Outcome.FIRST
                                : SpentTickets.Outcome.AGAIN));
    }

    /** Asked for when a request comes: while the deployment starts, there are no beans yet. */
    private static <T> T bean(Class<T> type) {
        return CDI.current().select(type).get();
    }
}
