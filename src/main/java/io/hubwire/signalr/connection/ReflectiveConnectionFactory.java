package io.hubwire.signalr.connection;

import java.lang.reflect.InvocationTargetException;

/** Persistent connections without a container. */
final class ReflectiveConnectionFactory implements PersistentConnectionFactory {
    static final PersistentConnectionFactory INSTANCE = new ReflectiveConnectionFactory();

    private ReflectiveConnectionFactory() {}

    @Override
    public PersistentConnection createInstance(Class<? extends PersistentConnection> type) {
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
