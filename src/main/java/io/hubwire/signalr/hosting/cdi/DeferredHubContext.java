package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.GroupManager;
import io.hubwire.signalr.hub.HubClients;
import io.hubwire.signalr.hub.HubContext;
import java.util.function.Function;

/** A hub context that looks for its hub when it is used: it may be injected before the server has started. */
final class DeferredHubContext<C> implements HubContext<C> {
    private final ClassLoader deployment;
    private final Function<GlobalHost.Deployment, HubContext<C>> lookup;
    private volatile HubContext<C> found;

    /** @param deployment the class loader that the deployment is running with, or will be */
    DeferredHubContext(ClassLoader deployment, Function<GlobalHost.Deployment, HubContext<C>> lookup) {
        this.deployment = deployment;
        this.lookup = lookup;
    }

    @Override
    public HubClients<C> clients() {
        return context().clients();
    }

    @Override
    public GroupManager groups() {
        return context().groups();
    }

    // two threads may look it up at once, and find contexts that are as good as each other
    private HubContext<C> context() {
        HubContext<C> known = found;
        if (known == null) {
            known = lookup.apply(running(deployment));
            found = known;
        }
        return known;
    }

    /** @throws IllegalStateException when nothing is running there */
    static GlobalHost.Deployment running(ClassLoader deployment) {
        return GlobalHost.deployment(deployment)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "The SignalR server of this application is not running: an injected "
                                        + "HubContext, ConnectionContext or HubRegistry can be used from the start of the web application to its end."));
    }
}
