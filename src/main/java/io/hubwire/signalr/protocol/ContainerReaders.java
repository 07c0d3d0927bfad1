package io.hubwire.signalr.protocol;

import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How arrays, collections, maps and optionals are read. Collections are mutable; maps and sets keep the order that was
 * sent.
 */
final class ContainerReaders {
    private static final Map<Class<?>, Supplier<Collection<Object>>> COLLECTIONS = Map.of(
            Iterable.class, ArrayList::new,
            Collection.class, ArrayList::new,
            List.class, ArrayList::new,
            Set.class, LinkedHashSet::new,
            SortedSet.class, TreeSet::new,
            NavigableSet.class, TreeSet::new,
            Queue.class, ArrayDeque::new,
            Deque.class, ArrayDeque::new);
    private static final Map<Class<?>, Supplier<Map<Object, Object>>> MAPS = Map.of(
            Map.class, LinkedHashMap::new,
            SortedMap.class, TreeMap::new,
            NavigableMap.class, TreeMap::new,
            ConcurrentMap.class, ConcurrentHashMap::new);

    private ContainerReaders() {}

    /** The reader for a type; null when it is no container. */
    static Function<RawJson, Object> find(StandardJsonBinding binding, Type type, Class<?> raw) {
        if (raw == Object.class) {
            return value -> readNatural(binding, value);
        }
        if (raw.isArray()) {
            Type component = JavaTypes.componentType(type);
            return value -> readArray(binding, value, component);
        }
        if (raw == Optional.class) {
            Type content = JavaTypes.argument(type, Optional.class, 0);
            return value -> Optional.ofNullable(binding.read(value, content));
        }
        if (isOptionalNumber(raw)) {
            return value -> readOptionalNumber(binding, value, raw);
        }
        if (Map.class.isAssignableFrom(raw)) {
            return mapReader(binding, type, raw);
        }
        return Iterable.class.isAssignableFrom(raw) ? collectionReader(binding, type, raw) : null;
    }

    static boolean isOptionalNumber(Class<?> raw) {
        return raw == OptionalInt.class || raw == OptionalLong.class || raw == OptionalDouble.class;
    }

    /** The empty optional of a class. */
    static Object empty(Class<?> raw) {
        if (raw == Optional.class) {
            return Optional.empty();
        }
        if (raw == OptionalInt.class) {
            return OptionalInt.empty();
        }
        return raw == OptionalLong.class ? OptionalLong.empty() : OptionalDouble.empty();
    }

    private static Object readOptionalNumber(StandardJsonBinding binding, RawJson value, Class<?> raw) {
        if (raw == OptionalInt.class) {
            return OptionalInt.of((int) binding.read(value, int.class));
        }
        return raw == OptionalLong.class
                ? OptionalLong.of((long) binding.read(value, long.class))
                : OptionalDouble.of((double) binding.read(value, double.class));
    }

    /** The natural Java value: string, number, boolean, list or map with string keys. */
    private static Object readNatural(StandardJsonBinding binding, RawJson value) {
        return switch (value.kind()) {
            case STRING -> value.scalarText();
            case NUMBER -> ScalarReaders.natural(value.scalarText());
            case BOOLEAN -> value.equals(RawJson.TRUE);
            case NULL -> null;
            case ARRAY -> readElements(binding, value, Object.class, new ArrayList<>());
            case OBJECT -> readMembers(binding, value, String.class, Object.class, new LinkedHashMap<>());
        };
    }

    private static Object readArray(StandardJsonBinding binding, RawJson value, Type component) {
        Collection<Object> elements = readElements(binding, value, component, new ArrayList<>());
        Object array = Array.newInstance(JavaTypes.rawClass(component), elements.size());
        int index = 0;
        for (Object element : elements) {
            Array.set(array, index++, element);
        }
        return array;
    }

    private static Function<RawJson, Object> collectionReader(StandardJsonBinding binding, Type type, Class<?> raw) {
        Supplier<Collection<Object>> listed = COLLECTIONS.get(raw);
        Supplier<Collection<Object>> factory = listed == null ? constructor(raw) : listed;
        if (factory == null) {
            return null;
        }
        Type element = JavaTypes.argument(type, Iterable.class, 0);
        return value -> readElements(binding, value, element, factory.get());
    }

    private static Function<RawJson, Object> mapReader(StandardJsonBinding binding, Type type, Class<?> raw) {
        Type keys = JavaTypes.argument(type, Map.class, 0);
        Type values = JavaTypes.argument(type, Map.class, 1);
        Supplier<Map<Object, Object>> listed = raw == EnumMap.class ? () -> enumMap(keys) : MAPS.get(raw);
        Supplier<Map<Object, Object>> factory = listed == null ? constructor(raw) : listed;
        if (factory == null) {
            return null;
        }
        Type key = keys == Object.class ? String.class : keys;
        return value -> readMembers(binding, value, key, values, factory.get());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an EnumMap's key class is an enum, which only the type itself knows
    private static Map<Object, Object> enumMap(Type keys) {
        return new EnumMap(JavaTypes.rawClass(keys));
    }

    /** Makes instances of a concrete class; null when it has no public constructor without parameters. */
    @SuppressWarnings("unchecked") // the callers know that it is a collection or a map
    private static <T> Supplier<T> constructor(Class<?> raw) {
        if (raw.isInterface() || Modifier.isAbstract(raw.getModifiers())) {
            return null;
        }
        try {
            var constructor = raw.getConstructor();
            return () -> {
                try {
                    return (T) constructor.newInstance();
                } catch (ReflectiveOperationException e) {
                    throw new JsonBindingException(raw.getName() + " cannot be made.", e);
                }
            };
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static Collection<Object> readElements(
            StandardJsonBinding binding, RawJson value, Type element, Collection<Object> into) {
        try (JsonSlicer elements = new JsonSlicer(value.text())) {
            elements.beginArray();
            for (RawJson next = elements.nextElement(); next != null; next = elements.nextElement()) {
                into.add(binding.read(next, element));
            }
        }
        return into;
    }

    private static Map<Object, Object> readMembers(
            StandardJsonBinding binding, RawJson value, Type keys, Type values, Map<Object, Object> into) {
        try (JsonSlicer members = new JsonSlicer(value.text())) {
            members.beginObject();
            for (String key = members.nextKey(); key != null; key = members.nextKey()) {
                RawJson member = members.value();
                into.put(
                        keys == String.class ? key : binding.read(RawJson.ofString(key), keys),
                        binding.read(member, values));
            }
        }
        return into;
    }
}
