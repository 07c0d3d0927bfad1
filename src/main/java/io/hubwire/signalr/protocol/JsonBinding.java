package io.hubwire.signalr.protocol;

import java.lang.reflect.Type;

/**
 * Turns arguments into Java values and results into JSON (protocol §4.2, §6.3). Implementations are safe for any thread
 * and do not block; what they learn about a type they keep.
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
     * @throws JsonBindingException when the value cannot be written: an unknown type, a reference to itself, nested too
     *     deeply
     */
    RawJson write(Object value);

    /**
     * What values of a type look like when they are written, for typings and the like. A binding that cannot tell says so.
     *
     * @param type as for {@link #read}
     */
    default JsonShape shape(Type type) {
        return JsonShape.Simple.ANY;
    }

    /**
     * The library's own binding, which also uses Jakarta JSON Binding for beans where that is present. Make one for
     * each server: it keeps what it learns about the application's classes.
     *
     * <p>Bound without any library, as leniently as the original does (protocol §4.2, §6.3):
     *
     * <ul>
     *   <li>strings, numbers and booleans, also for each other; {@link java.util.UUID}; {@code byte[]} as base64;
     *   <li>enums, written as numbers ({@link WireEnum} or the ordinal), read by number or name;
     *   <li>the dates and times of {@code java.time} in ISO 8601, {@link java.time.Duration} as a .NET time span;
     *   <li>arrays, collections, maps, optionals; {@code Object} as string, long, double, boolean, list or map;
     *   <li>records, component by component; {@link RawJson} and {@link jakarta.json.JsonValue} as they are.
     * </ul>
     *
     * <p>Beans are JSON-B's: its annotations work, property names are read in any case, and properties come in the
     * order of their names unless the class says otherwise by {@code @JsonbPropertyOrder}. A record that carries JSON-B
     * annotations is a bean. JSON-B reads a bean's primitive {@code boolean} as false from everything but true; declare
     * {@code Boolean} to have that refused.
     */
    static JsonBinding standard() {
        return new StandardJsonBinding(ObjectBindings::discover);
    }
}
