package io.hubwire.signalr.hosting.cdi;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.function.Supplier;

/** A request context around calls and events. */
final class RequestContexts {
    private final Instance<RequestContextController> controllers;

    RequestContexts(BeanManager beans) {
        this.controllers = beans.createInstance().select(RequestContextController.class);
    }

    /**
     * Runs {@code code} with a request context of its own, unless one is active on this thread. What is request-scoped ends when {@code code} returns, not when a
     * stage that it returned is complete.
     */
    <T> T around(Supplier<T> code) {
        RequestContextController context = controllers.get();
        boolean activated = context.activate();
        try {
            return code.get();
        } finally {
            if (activated) {
                context.deactivate();
            }
            controllers.destroy(context);
        }
    }
}
