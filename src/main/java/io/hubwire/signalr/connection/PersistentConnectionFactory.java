package io.hubwire.signalr.connection;

import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Makes instances of persistent connections: by reflection, by a dependency injection container, or however an application likes. Safe for any thread. */
public interface PersistentConnectionFactory {

    /**
     * An instance and what disposes of it.
     *
     * @param connection a new instance, never one that was returned before
     * @param disposal run once, when nothing more will happen to the instance, on a worker thread, or on the request's when that is refused at once; empty when nothing
     *     has to be done. A failure is logged
     */
    record Activation(PersistentConnection connection, Optional<Runnable> disposal) {

        public Activation {
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(disposal, "disposal");
        }
    }

    /**
     * Makes an instance for one HTTP request, on its thread. A failure is the deployment's, and a 500 for the request.
     *
     * @throws RuntimeException when it cannot be made
     */
    Activation activate(Class<? extends PersistentConnection> type);

    /** Runs one event of an instance with whatever contexts it may rely on, to the return of its method. */
    default <T> T around(Supplier<T> event) {
        return event.get();
    }

    /** The factory that is there as a {@link ServiceLoader} service, the CDI one for example; {@link #reflective} when there is none. */
    static PersistentConnectionFactory find(ClassLoader loader) {
        return ServiceLoader.load(PersistentConnectionFactory.class, loader)
                .findFirst()
                .orElseGet(PersistentConnectionFactory::reflective);
    }

    /** Uses the public constructor without parameters; an instance that is {@link AutoCloseable} is closed when its request is over. */
    static PersistentConnectionFactory reflective() {
        return ReflectiveConnectionFactory.INSTANCE;
    }
}
