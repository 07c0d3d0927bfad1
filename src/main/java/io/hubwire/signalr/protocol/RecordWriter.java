package io.hubwire.signalr.protocol;

import io.hubwire.signalr.protocol.JsonTextGenerator.ValueWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;

/** Writes a record as an object: its components in the order of declaration, by their names, nulls included. */
final class RecordWriter implements ValueWriter {
    private final StandardJsonBinding binding;
    private final String[] names;
    private final Method[] accessors;

    RecordWriter(StandardJsonBinding binding, Class<?> raw) {
        RecordComponent[] components = raw.getRecordComponents();
        this.binding = binding;
        this.names = new String[components.length];
        this.accessors = new Method[components.length];
        for (int i = 0; i < components.length; i++) {
            names[i] = components[i].getName();
            accessors[i] = components[i].getAccessor();
            accessors[i].setAccessible(true); // the record itself need not be public
        }
    }

    @Override
    public void write(Object value, JsonTextGenerator out) {
        out.startObject(value);
        for (int i = 0; i < names.length; i++) {
            out.writeKey(names[i]);
            binding.write(component(value, accessors[i]), out);
        }
        out.writeEnd();
    }

    private static Object component(Object value, Method accessor) {
        try {
            return accessor.invoke(value);
        } catch (InvocationTargetException e) {
            throw new JsonBindingException(
                    "Reading " + accessor.getName() + " of " + value.getClass().getName() + " failed.", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("made accessible: " + accessor, e);
        }
    }
}
