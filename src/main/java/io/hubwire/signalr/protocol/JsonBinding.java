package io.hubwire.signalr.protocol;

import java.lang.reflect.Type;

/**
 * Turns arguments into Java values and results into JSON (protocol §4.2, §6.3). Implementations are safe for any thread and do
 * not block; what they learn about a type they keep.
 */
public interface JsonBinding {

    /**
     * Reads a value as {@code type}.
     *
     * @param type a class, or a parameterized type such as a method parameter's generic type
     * @return null only for a JSON null, and never for a primitive type
     * @throws JsonBindingException when the value does not fit, is null for a primitive, or is nested deeper than
     *     {@link Json#MAX_READ_DEPTH}
     */
    Object read(RawJson value, Type type);

    /**
     * Writes a value.
     *
     * @param value null becomes {@link RawJson#NULL}
     * @throws JsonBindingException when the value cannot be written: an unknown type, a reference to itself, nested too deeply
     */
    RawJson write(Object value);
}
