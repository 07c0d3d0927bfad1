package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.connection.PersistentConnectionFactory;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * Persistent connections built by the deployment's CDI container, found as a service by its mere presence; by reflection without the CDI API, or where no container
 * runs. Which it is, is found out at the first request: a server may be started before the container is.
 */
// names CDI in no signature or field: it is loaded where there is no CDI, too
public final class CdiConnectionFactory implements PersistentConnectionFactory {
    // the log alone: a service is made before the server whose trace sources it could ask for
    private static final Logger LOG = System.getLogger("SignalR.PersistentConnection");

    private volatile PersistentConnectionFactory chosen;

    @Override
    public Activation activate(Class<? extends PersistentConnection> type) {
        return chosen().activate(type);
    }

    @Override
    public <T> T around(Supplier<T> event) {
        return chosen().around(event);
    }

    // two threads may choose at once, and choose the same
    private PersistentConnectionFactory chosen() {
        PersistentConnectionFactory known = chosen;
        if (known == null) {
            known = choose();
            chosen = known;
        }
        return known;
    }

    private static PersistentConnectionFactory choose() {
        try {
            return new ConnectionBeans(CDI.current().getBeanManager());
        } catch (IllegalStateException | NoClassDefFoundError e) {
            LOG.log(Level.DEBUG, "No CDI container runs here; persistent connections are built by reflection.", e);
            return PersistentConnectionFactory.reflective();
        }
    }
}
