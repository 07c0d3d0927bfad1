package io.hubwire.signalr.protocol;

import java.lang.reflect.Type;
import java.util.Map;

/** Binds beans: objects that are neither scalars nor collections nor plain records. Safe for any thread. */
interface ObjectBinding {

    /** Whether a record of this type is to be bound here and not by its components. */
    boolean claims(Class<?> recordType);

    /** Reads a value that is not null. Any runtime exception means that it does not fit. */
    Object read(RawJson value, Type type);

    /** Writes one value. Any runtime exception means that it cannot be written. */
    void write(Object value, JsonTextGenerator out);

    /**
     * The properties that are written of a bean, by their names in JSON, each with the type that it is written as; {@link RawJson} stands for what cannot
     * be told. Empty when there are none or nothing can be told at all.
     */
    Map<String, Type> properties(Type type);

    /** Stands in where there is no Jakarta JSON Binding. */
    ObjectBinding NONE = new ObjectBinding() {

        @Override
        public boolean claims(Class<?> recordType) {
            return false;
        }

        @Override
        public Object read(RawJson value, Type type) {
            throw refusal(JavaTypes.rawClass(type));
        }

        @Override
        public void write(Object value, JsonTextGenerator out) {
            throw refusal(value.getClass());
        }

        @Override
        public Map<String, Type> properties(Type type) {
            return Map.of();
        }

        private JsonBindingException refusal(Class<?> type) {
            return new JsonBindingException(
                    type.getName() + " is neither a record nor a simple type or collection; "
                            + "binding it takes Jakarta JSON Binding (such as org.eclipse:yasson), which is not on the class path.");
        }
    };
}
