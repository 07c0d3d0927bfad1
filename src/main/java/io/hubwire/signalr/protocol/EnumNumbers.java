package io.hubwire.signalr.protocol;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The constants of one enum by their numbers on the wire and by their names in any case. */
final class EnumNumbers {
    private final Map<Long, Enum<?>> byNumber = new HashMap<>();
    private final Map<String, Enum<?>> byName = new HashMap<>();

    EnumNumbers(Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            Enum<?> value = (Enum<?>) constant;
            if (byNumber.put(of(value), value) != null) {
                throw new JsonBindingException(
                        "Two constants of " + type.getName() + " have the wire number " + of(value) + ".");
            }
            byName.put(fold(value.name()), value);
        }
    }

    @SuppressWarnings("EnumOrdinal") // the ordinal is what .NET numbers an enum by, too
    static long of(Enum<?> value) {
        return value instanceof WireEnum numbered ? numbered.wireNumber() : value.ordinal();
    }

    /** By number, by name, or by a number in a string; null when there is no such constant. */
    Enum<?> read(RawJson value) {
        String text = value.scalarText();
        Enum<?> named = value.kind() == RawJson.Kind.STRING ? byName.get(fold(text)) : null;
        if (named != null || value.kind() == RawJson.Kind.BOOLEAN) {
            return named;
        }
        return byNumber.get(NumberText.integer(text, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
