package io.hubwire.signalr.protocol;

import io.hubwire.signalr.protocol.JsonTextGenerator.Bound;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbNumberFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import jakarta.json.bind.annotation.JsonbVisibility;
import jakarta.json.bind.config.BinaryDataStrategy;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.bind.spi.JsonbProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Binds beans by Jakarta JSON Binding, whose annotations they may carry. Property names are written as declared and
 * read in any case, nulls are written; enums, dates, byte arrays and records inside beans follow this package's own
 * rules again. Named only by reflection, because the API may be missing.
 */
final class JsonbObjectBinding implements ObjectBinding {
    private static final String ANNOTATIONS = "jakarta.json.bind.annotation";

    private final StandardJsonBinding rules;
    private final Jsonb beans;
    private final Jsonb annotatedRecords;

    private JsonbObjectBinding(StandardJsonBinding rules, JsonbProvider implementation) {
        this.rules = rules;
        this.beans = open(implementation, recordsByRules(config()));
        this.annotatedRecords = open(implementation, config());
    }

    private static Jsonb open(JsonbProvider implementation, JsonbConfig config) {
        return implementation
                .create()
                .withProvider(new RulesJsonProvider())
                .withConfig(config)
                .build();
    }

    /** Empty when there is the API but nothing that implements it. */
    static Optional<ObjectBinding> open(StandardJsonBinding rules) {
        JsonbProvider implementation;
        try {
            implementation = JsonbProvider.provider();
        } catch (JsonbException e) {
            System.getLogger(JsonBinding.class.getName())
                    .log(
                            Level.INFO,
                            "No implementation of Jakarta JSON Binding: beans cannot be arguments or results.");
            return Optional.empty();
        }
        return Optional.of(new JsonbObjectBinding(rules, implementation));
    }

    private JsonbConfig config() {
        return new JsonbConfig()
                .withNullValues(true)
                .withPropertyNamingStrategy(PropertyNamingStrategy.CASE_INSENSITIVE)
                .withBinaryDataStrategy(BinaryDataStrategy.BASE_64)
                .withSerializers(
                        new EnumSerializer(),
                        new FloatSerializer(),
                        new InstantSerializer(),
                        new OffsetDateTimeSerializer(),
                        new ZonedDateTimeSerializer(),
                        new LocalDateTimeSerializer(),
                        new LocalTimeSerializer(),
                        new DurationSerializer(),
                        new DateSerializer(),
                        new CalendarSerializer())
                .withDeserializers(
                        new EnumDeserializer(),
                        new InstantDeserializer(),
                        new OffsetDateTimeDeserializer(),
                        new ZonedDateTimeDeserializer(),
                        new LocalDateTimeDeserializer(),
                        new LocalTimeDeserializer(),
                        new DurationDeserializer(),
                        new DateDeserializer(),
                        new BooleanDeserializer(),
                        new CharacterDeserializer(),
                        new IntegerDeserializer(),
                        new LongDeserializer(),
                        new ShortDeserializer(),
                        new ByteDeserializer(),
                        new DoubleDeserializer(),
                        new FloatDeserializer(),
                        new BigDecimalDeserializer(),
                        new BigIntegerDeserializer(),
                        new NumberDeserializer(),
                        new UuidDeserializer());
    }

    /** Records inside beans are bound by our own rules; those that come through {@link #claims} must not be. */
    private JsonbConfig recordsByRules(JsonbConfig config) {
        return config.withSerializers(new RecordSerializer()).withDeserializers(new RecordDeserializer());
    }

    private Jsonb jsonb(Class<?> type) {
        return type.isRecord() ? annotatedRecords : beans;
    }

    /** A record with JSON-B's annotations on it wants them to be honoured. */
    @Override
    public boolean claims(Class<?> recordType) {
        Stream<AnnotatedElement> components = Arrays.stream(recordType.getRecordComponents())
                .flatMap(component -> Stream.of(component, component.getAccessor()));
        Stream<AnnotatedElement> constructors = Arrays.stream(recordType.getDeclaredConstructors());
        return Stream.of(Stream.of(recordType), components, constructors)
                .flatMap(elements -> elements)
                .flatMap(element -> Arrays.stream(element.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getPackageName().equals(ANNOTATIONS));
    }

    @Override
    public Object read(RawJson value, Type type) {
        try {
            return jsonb(JavaTypes.rawClass(type)).fromJson(new StringReader(value.text()), type);
        } catch (JsonbException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new JsonBindingException("An object cannot be read as " + type.getTypeName() + ". " + reason, e);
        }
    }

    @Override
    public void write(Object value, JsonTextGenerator out) {
        jsonb(value.getClass()).toJson(value, new RulesJsonProvider.GeneratorWriter(out));
    }

    @Override
    public Map<String, Type> properties(Type type) {
        return new Properties().of(type);
    }

    /** What JSON-B writes of a bean: its public getters and fields, a record's components, as their annotations say. */
    private static final class Properties {
        private final Map<String, Type> types = new TreeMap<>();
        private final Set<String> seen = new HashSet<>(); // by their names in Java

        Map<String, Type> of(Type type) {
            Class<?> raw = JavaTypes.rawClass(type);
            if (!isCustom(raw)) {
                collect(type);
            }
            return types;
        }

        private static boolean isCustom(AnnotatedElement element) {
            return element.isAnnotationPresent(JsonbTypeAdapter.class)
                    || element.isAnnotationPresent(JsonbTypeSerializer.class)
                    || element.isAnnotationPresent(JsonbVisibility.class);
        }

        /** A class before what it inherits. */
        private void collect(Type type) {
            Class<?> raw = JavaTypes.rawClass(type);
            for (Method method : raw.getDeclaredMethods()) {
                if (isGetter(method)) {
                    add(nameOf(method), method.getGenericReturnType(), type, method);
                }
            }
            for (Field field : raw.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers)) {
                    add(field.getName(), field.getGenericType(), type, field);
                }
            }
            Stream.concat(Stream.ofNullable(raw.getGenericSuperclass()), Arrays.stream(raw.getGenericInterfaces()))
                    .filter(parent -> !JavaTypes.rawClass(parent).getName().startsWith("java."))
                    .forEach(parent -> collect(JavaTypes.resolve(parent, type)));
        }

        private static boolean isGetter(Method method) {
            boolean readable = Modifier.isPublic(method.getModifiers())
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.isSynthetic()
                    && method.getParameterCount() == 0
                    && method.getReturnType() != void.class;
            return readable && !nameOf(method).isEmpty();
        }

        /** The property that a method reads; empty for one that reads none. */
        private static String nameOf(Method method) {
            String name = method.getName();
            if (method.getDeclaringClass().isRecord()) {
                boolean component = Arrays.stream(method.getDeclaringClass().getRecordComponents())
                        .anyMatch(candidate -> candidate.getAccessor().equals(method));
                return component ? name : "";
            }
            boolean is = name.startsWith("is")
                    && Set.of(boolean.class, Boolean.class).contains(method.getReturnType());
            return name.startsWith("get") || is ? decapitalized(name.substring(is ? 2 : 3)) : "";
        }

        private static String decapitalized(String name) {
            boolean abbreviation =
                    name.length() > 1 && Character.isUpperCase(name.charAt(0)) && Character.isUpperCase(name.charAt(1));
            return name.isEmpty() || abbreviation ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }

        private void add(String name, Type declared, Type owner, AnnotatedElement reader) {
            if (!seen.add(name)) {
                return;
            }
            List<AnnotatedElement> elements = Stream.concat(Stream.of(reader), fieldOf(JavaTypes.rawClass(owner), name))
                    .toList();
            if (elements.stream().anyMatch(element -> element.isAnnotationPresent(JsonbTransient.class))) {
                return;
            }
            String inJson = elements.stream()
                    .flatMap(element -> Stream.ofNullable(element.getAnnotation(JsonbProperty.class)))
                    .map(JsonbProperty::value)
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .orElse(name);
            types.put(inJson, written(elements, JavaTypes.resolve(declared, owner)));
        }

        private static Stream<AnnotatedElement> fieldOf(Class<?> owner, String name) {
            return Arrays.stream(owner.getDeclaredFields())
                    .filter(field -> field.getName().equals(name))
                    .map(field -> field);
        }

        private static Type written(List<AnnotatedElement> elements, Type type) {
            boolean formatted = elements.stream()
                    .anyMatch(element -> element.isAnnotationPresent(JsonbDateFormat.class)
                            || element.isAnnotationPresent(JsonbNumberFormat.class));
            boolean custom = Stream.concat(elements.stream(), Stream.of(JavaTypes.rawClass(type)))
                    .anyMatch(Properties::isCustom);
            if (custom) {
                return RawJson.class;
            }
            return formatted ? String.class : type;
        }
    }

    /** Hands a value back to our own rules; see {@link Bound}. */
    private abstract static class BoundSerializer<T> implements JsonbSerializer<T> {

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            generator.write(new Bound(value));
        }
    }

    @SuppressWarnings("rawtypes") // Yasson finds it for every enum by the raw class only
    private static final class EnumSerializer extends BoundSerializer<Enum> {}

    private static final class RecordSerializer extends BoundSerializer<Record> {}

    private static final class FloatSerializer extends BoundSerializer<Float> {}

    private static final class InstantSerializer extends BoundSerializer<Instant> {}

    private static final class OffsetDateTimeSerializer extends BoundSerializer<OffsetDateTime> {}

    private static final class ZonedDateTimeSerializer extends BoundSerializer<ZonedDateTime> {}

    private static final class LocalDateTimeSerializer extends BoundSerializer<LocalDateTime> {}

    private static final class LocalTimeSerializer extends BoundSerializer<LocalTime> {}

    private static final class DurationSerializer extends BoundSerializer<Duration> {}

    private static final class DateSerializer extends BoundSerializer<Date> {}

    private static final class CalendarSerializer extends BoundSerializer<Calendar> {}

    /** Reads a value by our own rules. */
    private abstract class RuleDeserializer<T> implements JsonbDeserializer<T> {

        @Override
        @SuppressWarnings("unchecked") // the rules read what the type says
        public T deserialize(JsonParser parser, DeserializationContext context, Type type) {
            return (T) rules.read(RawJson.parse(parser.getValue().toString()), type);
        }
    }

    @SuppressWarnings("rawtypes") // as above
    private final class EnumDeserializer extends RuleDeserializer<Enum> {}

    private final class RecordDeserializer extends RuleDeserializer<Record> {}

    private final class InstantDeserializer extends RuleDeserializer<Instant> {}

    private final class OffsetDateTimeDeserializer extends RuleDeserializer<OffsetDateTime> {}

    private final class ZonedDateTimeDeserializer extends RuleDeserializer<ZonedDateTime> {}

    private final class LocalDateTimeDeserializer extends RuleDeserializer<LocalDateTime> {}

    private final class LocalTimeDeserializer extends RuleDeserializer<LocalTime> {}

    private final class DurationDeserializer extends RuleDeserializer<Duration> {}

    private final class DateDeserializer extends RuleDeserializer<Date> {}

    // of the numbers, booleans and characters JSON-B asks these for the boxed ones only

    private final class BooleanDeserializer extends RuleDeserializer<Boolean> {}

    private final class CharacterDeserializer extends RuleDeserializer<Character> {}

    private final class IntegerDeserializer extends RuleDeserializer<Integer> {}

    private final class LongDeserializer extends RuleDeserializer<Long> {}

    private final class ShortDeserializer extends RuleDeserializer<Short> {}

    private final class ByteDeserializer extends RuleDeserializer<Byte> {}

    private final class DoubleDeserializer extends RuleDeserializer<Double> {}

    private final class FloatDeserializer extends RuleDeserializer<Float> {}

    private final class BigDecimalDeserializer extends RuleDeserializer<BigDecimal> {}

    private final class BigIntegerDeserializer extends RuleDeserializer<BigInteger> {}

    private final class NumberDeserializer extends RuleDeserializer<Number> {}

    private final class UuidDeserializer extends RuleDeserializer<UUID> {}
}
