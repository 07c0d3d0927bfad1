package io.hubwire.signalr.connection;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** Persistent connections without a container. */
final class ReflectiveConnectionFactory implements PersistentConnectionFactory {
    static final PersistentConnectionFactory INSTANCE = new ReflectiveConnectionFactory();

    private ReflectiveConnectionFactory() {}

    @Override
    public Activation activate(Class<? extends PersistentConnection> type) {
        PersistentConnection made = newInstance(type);
        return new Activation(
                made, made instanceof AutoCloseable closeable ? Optional.of(() -> close(closeable)) : Optional.empty());
    }

    private static void close(AutoCloseable made) {
        try {
            made.close();
        } catch (Exception e) {
            throw new IllegalStateException("A persistent connection could not be closed.", e);
        }
    }

    private static PersistentConnection newInstance(Class<? extends PersistentConnection> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The constructor of " + type.getName() + " failed.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type.getName()
                            + " needs to be public, with a public constructor without parameters, to be a persistent connection.",
                    e);
        }
    }
}
