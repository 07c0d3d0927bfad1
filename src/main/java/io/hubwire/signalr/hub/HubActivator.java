package io.hubwire.signalr.hub;

import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Makes hub instances: by reflection, by a dependency injection container, or however an application likes. Called on worker threads, many at a time.
 */
public interface HubActivator {

    /** An instance and what has to be done when it has served. */
    interface Activation {

        /** The instance; it serves one call or one event and is never shared. */
        HubBase<?> hub();

        /** Disposes of the instance. Called once, after the call's stage is complete, on whatever thread that is; must not block. A failure is logged. */
        void release();
    }

    /**
     * Makes an instance. A failure is the deployment's: a call gets a 500 or silence, an event goes on without the hub (protocol §6.1, §6.9).
     *
     * @throws RuntimeException when the hub cannot be made
     */
    Activation activate(Class<? extends HubBase<?>> hub);

    /**
     * Makes something of the application's that lasts as long as the deployment and is shared by all threads: an authorizer, a module of the pipeline. It is not disposed of;
     * what must be, belongs into a bean that it is given.
     *
     * @throws RuntimeException when it cannot be made
     */
    default <T> T create(Class<T> type) {
        return ReflectiveHubActivator.newInstance(type);
    }

    /**
     * Runs {@code code} with whatever contexts hubs may rely on: a call or an event from the making of the instance to the return of its method, and what decides
     * whether a request may take part and which groups it gets back.
     */
    default <T> T around(Supplier<T> code) {
        return code.get();
    }

    /**
     * Looks at the hubs that a web application is about to serve, with what the activator knows of the rest of it. Called once, on the thread that starts the application.
     *
     * @throws RuntimeException fails the start
     */
    default void validate(HubRegistry hubs) {
        // Nothing is known of the rest.
    }

    /** The activator that is there as a {@link ServiceLoader} service, the CDI one for example; {@link #reflective} when there is none. */
    static HubActivator find(ClassLoader loader) {
        return ServiceLoader.load(HubActivator.class, loader).findFirst().orElseGet(HubActivator::reflective);
    }

    /** Uses the public constructor without parameters; an instance that is {@link AutoCloseable} is closed when it has served. */
    static HubActivator reflective() {
        return ReflectiveHubActivator.INSTANCE;
    }
}
