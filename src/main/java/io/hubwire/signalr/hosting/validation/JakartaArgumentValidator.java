package io.hubwire.signalr.hosting.validation;

import io.hubwire.signalr.hub.ArgumentValidator;
import io.hubwire.signalr.hub.HubBase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;

/**
 * Jakarta Validation, found as a service by its mere presence. Without its API, or where the API finds no provider, every argument passes. Which it is, is found
 * out when the first method with parameters is called: a provider may take a moment to start, and not every deployment calls for it.
 */
// names Jakarta Validation in no signature or field: it is loaded where there is none, too
public final class JakartaArgumentValidator implements ArgumentValidator {
    // the log alone: a service is made before the server whose trace sources it could ask for
    private static final Logger LOG = System.getLogger("SignalR.HubDispatcher");

    private final Object lock = new Object();
    private volatile ArgumentValidator chosen; // set once, guarded by lock
    private boolean closed; // guarded by lock

    @Override
    public void validate(HubBase<?> hub, Method method, Object[] arguments) {
        if (arguments.length > 0) {
            chosen().validate(hub, method, arguments);
        }
    }

    @Override
    public void close() {
        ArgumentValidator known;
        synchronized (lock) {
            closed = true;
            known = chosen;
        }
        if (known != null) {
            known.close();
        }
    }

    // the provider starts under the lock, once; it runs no code of hubs
    private ArgumentValidator chosen() {
        ArgumentValidator known = chosen;
        if (known == null) {
            synchronized (lock) {
                if (chosen == null) {
                    chosen = closed ? ArgumentValidator.none() : choose();
                }
                known = chosen;
            }
        }
        return known;
    }

    private static ArgumentValidator choose() {
        try {
            return ConstraintValidation.start().orElseGet(ArgumentValidator::none);
        } catch (NoClassDefFoundError e) {
            LOG.log(Level.DEBUG, "Jakarta Validation is not here; arguments are not validated.", e);
            return ArgumentValidator.none();
        }
    }
}
