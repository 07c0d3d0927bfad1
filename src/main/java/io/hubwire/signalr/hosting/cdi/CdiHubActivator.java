package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.hub.HubActivator;
import io.hubwire.signalr.hub.HubBase;
import io.hubwire.signalr.hub.HubRegistry;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * Hubs built by the deployment's CDI container, found as a service by its mere presence. Without the CDI API, or where no container runs, hubs are
 * built by reflection. Which it is, is found out when the first hub is called: a server may be started before the container is.
 */
// names CDI in no signature or field: it is loaded where there is no CDI, too
public final class CdiHubActivator implements HubActivator {
    // the log alone: a service is made before the server whose trace sources it could ask for
    private static final Logger LOG = System.getLogger("SignalR.HubDispatcher");

    private volatile HubActivator chosen;

    @Override
    public Activation activate(Class<? extends HubBase<?>> hub) {
        return chosen().activate(hub);
    }

    @Override
    public <T> T create(Class<T> type) {
        return chosen().create(type);
    }

    @Override
    public <T> T around(Supplier<T> code) {
        return chosen().around(code);
    }

    /** Asks without choosing for good: a container that is not there yet may come before the first call. */
    @Override
    public void validate(HubRegistry hubs) {
        choose().validate(hubs);
    }

    // two threads may choose at once, and choose the same
    private HubActivator chosen() {
        HubActivator known = chosen;
        if (known == null) {
            known = choose();
            chosen = known;
        }
        return known;
    }

    private static HubActivator choose() {
        try {
            return new HubBeans(CDI.current().getBeanManager());
        } catch (IllegalStateException | NoClassDefFoundError e) {
            LOG.log(Level.DEBUG, "No CDI container runs here; hubs are built by reflection.", e);
            return HubActivator.reflective();
        }
    }
}
