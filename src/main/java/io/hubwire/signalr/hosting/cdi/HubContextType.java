package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.hub.HubContext;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;

/** {@code HubContext<C>} for a {@code C} that is known at run time only. */
record HubContextType(Class<?> clientType) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
        return new Type[] {clientType};
    }

    @Override
    public Type getRawType() {
        return HubContext.class;
    }

    @Override
    public Type getOwnerType() {
        return null;
    }

    // equal to the JDK's own, which an injection point has
    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterizedType type
                && type.getRawType() == HubContext.class
                && Arrays.equals(type.getActualTypeArguments(), getActualTypeArguments());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(getActualTypeArguments()) ^ HubContext.class.hashCode();
    }

    @Override
    public String toString() {
        return HubContext.class.getSimpleName() + "<" + clientType.getName() + ">";
    }
}
