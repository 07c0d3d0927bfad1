package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBindingReadTest {
    private final JsonBinding binding = JsonBinding.standard();

    enum Color implements WireEnum {
        RED(0),
        GREEN(5),
        BLUE(6);

        private final long number;

        Color(long number) {
            this.number = number;
        }

        @Override
        public long wireNumber() {
            return number;
        }
    }

    enum Plain {
        ONE,
        TWO
    }

    enum Ambiguous implements WireEnum {
        A,
        B;

        @Override
        public long wireNumber() {
            return 1;
        }
    }

    record Address(String street, int zip) {}

    record Person(String name, int age, Address home, List<String> tags, Color favourite, boolean flag) {}

    @SuppressWarnings("ArrayRecordComponent") // applications may have such records
    record Page<T>(List<T> items, Map<String, T> byName, T[] array, T first) {}

    record Positive(int value) {
        Positive {
            if (value < 1) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }

    static final class Names extends ArrayList<Integer> {
        private static final long serialVersionUID = 1L;

        public Names() {}
    }

    /** Declares the generic types that the tests read. */
    @SuppressWarnings("unused") // looked at by reflection
    private static final class Types {
        List<String> strings;
        List<? extends Integer> wildcards;
        Set<Plain> enums;
        SortedSet<String> sorted;
        Collection<Long> collection;
        Iterable<Integer> iterable;
        Deque<Integer> deque;
        LinkedList<Integer> linkedList;
        Map<String, Integer> counts;
        Map<Plain, Double> byEnum;
        Map<Integer, List<String>> nested;
        EnumMap<Plain, String> enumMap;
        SortedMap<String, String> sortedMap;
        Optional<Integer> optional;
        Optional<List<Integer>> optionalList;
        List<String>[] genericArray;
        Page<Address> page;
        List<Person> people;
    }

    private static Type type(String field) {
        try {
            return Types.class.getDeclaredField(field).getGenericType();
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private Object read(String json, Type type) {
        return binding.read(RawJson.parse(json), type);
    }

    private void assertRefused(String json, Type type) {
        assertThatExceptionOfType(JsonBindingException.class).isThrownBy(() -> read(json, type));
    }

    /* --- numbers and booleans --- */

    @ParameterizedTest
    @CsvSource({
        "5,5",
        "'\"5\"',5",
        "'\" 5 \"',5",
        "1.9,2",
        "2.5,2",
        "3.5,4",
        "-1.5,-2",
        "1e2,100",
        "2147483647,2147483647",
        "-2147483648,-2147483648",
        "'\"-7\"',-7",
        "0.4e-300,0"
    })
    void read_int_v59IsLenient(String json, int value) {
        assertThat(read(json, int.class)).isEqualTo(value);
        assertThat(read(json, Integer.class)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"x\"",
                "\"\"",
                "true",
                "[]",
                "{}",
                "2147483648",
                "-2147483649",
                "\"1.9\"",
                "\"1e2\"",
                "1e10",
                "\"0x10\"",
                "\"5L\"",
                "\"-\"",
                "\"1-1\"",
                "1e999999999",
                "\"NaN\""
            })
    void read_intThatDoesNotFit_v58IsRefused(String json) {
        assertRefused(json, int.class);
    }

    @Test
    void read_long_capture05072KnowsItsLimits() {
        assertThat(read("9223372036854775807", long.class)).isEqualTo(Long.MAX_VALUE);
        assertThat(read("-9223372036854775808", long.class)).isEqualTo(Long.MIN_VALUE);
        assertThat(read("\"7\"", long.class)).isEqualTo(7L);
        assertThat(read("1.9", long.class)).isEqualTo(2L);
        assertRefused("9223372036854775808", long.class);
    }

    @Test
    void read_smallIntegers_knowTheirLimits() {
        assertThat(read("127", byte.class)).isEqualTo((byte) 127);
        assertRefused("128", byte.class);
        assertThat(read("-32768", Short.class)).isEqualTo(Short.MIN_VALUE);
        assertRefused("32768", short.class);
    }

    @Test
    void read_double_capture05073IsLenient() {
        assertThat(read("1", double.class)).isEqualTo(1.0);
        assertThat(read("\"1.5\"", double.class)).isEqualTo(1.5);
        assertThat(read("\"NaN\"", double.class)).isEqualTo(Double.NaN);
        assertThat(read("\"-Infinity\"", double.class)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(read("1e+308", double.class)).isEqualTo(1e308);
        assertRefused("1e309", double.class);
        assertRefused("\"1.5d\"", double.class);
        assertRefused("null", double.class);
    }

    @Test
    void read_float_isRefusedWhenTooLarge() {
        assertThat(read("0.1", float.class)).isEqualTo(0.1f);
        assertThat(read("\"Infinity\"", Float.class)).isEqualTo(Float.POSITIVE_INFINITY);
        assertRefused("1e39", float.class);
    }

    @Test
    void read_bigNumbers_keepTheirDigits() {
        assertThat(read("79228162514264337593543950335", BigInteger.class))
                .isEqualTo(new BigInteger("79228162514264337593543950335"));
        assertThat(read("\"12.30\"", BigDecimal.class)).isEqualTo(new BigDecimal("12.30"));
        assertThat(read("5", Number.class)).isEqualTo(5L);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.SECONDS)
    void read_numbersThatCostMuch_areRefusedAtOnce() {
        assertRefused("1e1000000000", BigInteger.class);
        assertThat(read("1e-1000000000", BigInteger.class)).isEqualTo(BigInteger.ZERO);
        assertRefused("1e1000000000", long.class);
        assertRefused("1e99999999999", BigDecimal.class);
        assertThat(read("9".repeat(NumberText.MAX_LENGTH), BigInteger.class)).isInstanceOf(BigInteger.class);
        assertRefused("9".repeat(NumberText.MAX_LENGTH + 1), BigInteger.class);
        assertRefused("9".repeat(NumberText.MAX_LENGTH + 1), BigDecimal.class);
    }

    @ParameterizedTest
    @CsvSource({
        "true,true",
        "'\"true\"',true",
        "'\"True\"',true",
        "1,true",
        "0,false",
        "false,false",
        "'\"FALSE\"',false",
        "0.0,false",
        "0.5,true"
    })
    void read_boolean_capture05075IsLenient(String json, boolean value) {
        assertThat(read(json, boolean.class)).isEqualTo(value);
        assertThat(read(json, Boolean.class)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "null", "\"1\"", "\"\"", "[]"})
    void read_noBoolean_capture05075IsRefused(String json) {
        assertRefused(json, boolean.class);
    }

    /* --- text --- */

    @ParameterizedTest
    @CsvSource({
        "'\"s\"',s",
        "5,5",
        "1.1,1.1",
        "false,False",
        "true,True",
        "'\"2014-01-02T03:04:05.123+02:00\"',2014-01-02T03:04:05.123+02:00"
    })
    void read_string_capture05074TakesScalarsAndNoDateIsTouched(String json, String value) {
        assertThat(read(json, String.class)).isEqualTo(value);
        assertThat(read(json, CharSequence.class)).isEqualTo(value);
    }

    @Test
    void read_nullString_v58IsNull() {
        assertThat(read("null", String.class)).isNull();
        assertRefused("[]", String.class);
        assertRefused("{}", String.class);
    }

    @Test
    void read_char_isOneCharacter() {
        assertThat(read("\"x\"", char.class)).isEqualTo('x');
        assertRefused("\"\"", char.class);
        assertRefused("\"xy\"", char.class);
        assertRefused("5", char.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00112233-4455-6677-8899-aabbccddeeff",
                "00112233-4455-6677-8899-AABBCCDDEEFF",
                "00112233445566778899aabbccddeeff",
                "{00112233-4455-6677-8899-aabbccddeeff}",
                "(00112233-4455-6677-8899-aabbccddeeff)"
            })
    void read_uuid_v59TakesTheFormsOfDotNet(String text) {
        assertThat(read("\"" + text + "\"", UUID.class))
                .isEqualTo(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1-1-1-1-1\"",
                "\"\"",
                "\"x\"",
                "5",
                "\"00112233-4455-6677-8899-aabbccddeef\"",
                "\"0-0112233-4455-6677-8899-aabbccddeef\""
            })
    void read_noUuid_isRefused(String json) {
        assertRefused(json, UUID.class);
    }

    @Test
    void read_uri_isParsed() {
        assertThat(read("\"http://a/b\"", URI.class)).isEqualTo(URI.create("http://a/b"));
        assertRefused("\"http://a b\"", URI.class);
    }

    @Test
    void read_bytes_v59TakesBase64AndArrays() {
        byte[] bytes = {0, 1, 2, (byte) 250, (byte) 255};
        assertThat(read("\"AAEC+v8=\"", byte[].class)).isEqualTo(bytes);
        assertThat(read("[0,1,2,250,255]", byte[].class)).isEqualTo(bytes);
        assertRefused("\"AAEC+v8*\"", byte[].class);
        assertRefused("[256]", byte[].class);
        assertRefused("[-1]", byte[].class);
        assertRefused("5", byte[].class);
    }

    /* --- enums --- */

    @ParameterizedTest
    @CsvSource({"5,GREEN", "'\"blue\"',BLUE", "'\"BLUE\"',BLUE", "'\"6\"',BLUE", "0,RED", "6.0,BLUE"})
    void read_enum_captures05039And05040TakeNumberOrName(String json, Color value) {
        assertThat(read(json, Color.class)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"purple\"", "1", "-1", "\"\"", "true", "[]", "{}", "99999999999999999999"})
    void read_noSuchConstant_capture05041IsRefused(String json) {
        assertRefused(json, Color.class);
    }

    @Test
    void read_plainEnum_countsFromZero() {
        assertThat(read("1", Plain.class)).isEqualTo(Plain.TWO);
        assertThat(read("null", Plain.class)).isNull();
        assertRefused("2", Plain.class);
    }

    @Test
    void read_enumWithOneNumberTwice_isRefused() {
        assertThatExceptionOfType(JsonBindingException.class)
                .isThrownBy(() -> read("1", Ambiguous.class))
                .withMessageEndingWith("have the wire number 1.");
    }

    /* --- dates and times --- */

    @Test
    void read_instant_v59TakesOffsetsAndTakesNoneAsUtc() {
        Instant instant = Instant.parse("2014-01-02T01:04:05Z");
        assertThat(read("\"2014-01-02T03:04:05+02:00\"", Instant.class)).isEqualTo(instant);
        assertThat(read("\"2014-01-02T01:04:05Z\"", Instant.class)).isEqualTo(instant);
        assertThat(read("\"2014-01-02T01:04:05\"", Instant.class)).isEqualTo(instant);
        assertThat(read("\"2014-01-02T01:04:05.1234567Z\"", Instant.class)).isEqualTo(instant.plusNanos(123_456_700));
        assertThat(read("\"2014-01-02T01:04Z\"", Instant.class)).isEqualTo(instant.minusSeconds(5));
        assertThat(read("\"2014-01-02\"", Instant.class)).isEqualTo(Instant.parse("2014-01-02T00:00:00Z"));
    }

    @Test
    void read_otherTimes_v59KeepWhatTheyCan() {
        assertThat(read("\"2014-01-02T03:04:05+02:00\"", OffsetDateTime.class))
                .isEqualTo(OffsetDateTime.parse("2014-01-02T03:04:05+02:00"));
        assertThat(read("\"2014-01-02T03:04:05+02:00\"", ZonedDateTime.class))
                .isEqualTo(ZonedDateTime.parse("2014-01-02T03:04:05+02:00"));
        assertThat(read("\"2014-01-02T03:04:05+01:00[Europe/Paris]\"", ZonedDateTime.class))
                .isEqualTo(ZonedDateTime.parse("2014-01-02T03:04:05+01:00[Europe/Paris]"));
        assertThat(read("\"2014-01-02T03:04:05+02:00\"", LocalDateTime.class))
                .isEqualTo(LocalDateTime.parse("2014-01-02T01:04:05"));
        assertThat(read("\"2014-01-02T03:04:05\"", LocalDateTime.class))
                .isEqualTo(LocalDateTime.parse("2014-01-02T03:04:05"));
        assertThat(read("\"2014-01-02T03:04:05+02:00\"", LocalDate.class)).isEqualTo(LocalDate.parse("2014-01-02"));
        assertThat(read("\"03:04:05.5\"", LocalTime.class)).isEqualTo(LocalTime.parse("03:04:05.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yesterday\"",
                "5",
                "\"\"",
                "\"2014-13-01\"",
                "\"2014-01-02T25:00:00\"",
                "\"2014-01-02 03:04:05\"",
                "true"
            })
    void read_noDate_isRefused(String json) {
        assertRefused(json, Instant.class);
        assertRefused(json, LocalDateTime.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1.02:03:04.0050000,P1DT2H3M4.005S",
        "00:00:00,PT0S",
        "-00:00:01.5,PT-1.5S",
        "23:59:59.9999999,PT23H59M59.9999999S",
        "PT1.5S,PT1.5S",
        "10675199.02:48:05.4775807,P10675199DT2H48M5.4775807S"
    })
    void read_duration_isATimeSpanOrIso(String text, Duration value) {
        assertThat(read("\"" + text + "\"", Duration.class)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "24:00:00",
                "00:60:00",
                "00:00:60",
                "1:2",
                "",
                "a:b:c",
                "00:00:00.",
                "00:00:00.12345678",
                "99999999999.00:00:00",
                "--1:00:00",
                "1.1.1:00:00"
            })
    void read_noTimeSpan_isRefused(String text) {
        assertRefused("\"" + text + "\"", Duration.class);
    }

    /* --- collections --- */

    @Test
    void read_arrays_capture05051And05053AreConvertedByElement() {
        assertThat(read("[1,\"2\",3]", int[].class)).isEqualTo(new int[] {1, 2, 3});
        assertThat(read("[\"a\",null,3]", String[].class)).isEqualTo(new String[] {"a", null, "3"});
        assertThat(read("[[1],[]]", int[][].class)).isEqualTo(new int[][] {{1}, {}});
        assertRefused("[1,\"x\"]", int[].class);
        assertRefused("[null]", int[].class);
        assertRefused("5", int[].class);
        assertRefused("{}", int[].class);
    }

    @Test
    void read_collections_haveTheDeclaredShape() {
        assertThat(read("[\"a\",null,3]", type("strings"))).isEqualTo(java.util.Arrays.asList("a", null, "3"));
        assertThat(read("[1]", type("wildcards"))).isEqualTo(List.of(1));
        assertThat(read("[\"two\",0]", type("enums"))).isEqualTo(Set.of(Plain.ONE, Plain.TWO));
        assertThat((Set<?>) read("[\"b\",\"a\"]", type("sorted"))).first().isEqualTo("a");
        assertThat(read("[1]", type("collection"))).isEqualTo(List.of(1L));
        assertThat(read("[1]", type("iterable"))).isEqualTo(List.of(1));
        assertThat((Deque<?>) read("[1,2]", type("deque"))).last().isEqualTo(2);
        assertThat(read("[1]", type("linkedList"))).isInstanceOf(LinkedList.class);
        assertThat(read("[\"5\"]", Names.class)).isInstanceOf(Names.class).isEqualTo(List.of(5));
        assertThat(read("[1,\"a\"]", List.class)).isEqualTo(List.of(1L, "a"));
        assertThat((List<?>[]) read("[[\"a\"]]", type("genericArray"))).containsExactly(List.of("a"));
        assertRefused("{}", type("strings"));
    }

    @Test
    void read_maps_convertKeysAndValues() {
        assertThat(read("{\"One\":\"1\",\"two\":2}", type("counts"))).isEqualTo(Map.of("One", 1, "two", 2));
        assertThat(read("{\"two\":1}", type("byEnum"))).isEqualTo(Map.of(Plain.TWO, 1.0));
        assertThat(read("{\"5\":[\"a\"]}", type("nested"))).isEqualTo(Map.of(5, List.of("a")));
        assertThat(read("{\"ONE\":\"x\"}", type("enumMap")))
                .isInstanceOf(EnumMap.class)
                .isEqualTo(Map.of(Plain.ONE, "x"));
        assertThat((Map<?, ?>) read("{\"b\":\"1\",\"a\":\"2\"}", type("sortedMap")))
                .isInstanceOf(SortedMap.class);
        assertThat(new ArrayList<>(((Map<?, ?>) read("{\"z\":1,\"a\":2}", Map.class)).keySet()))
                .isEqualTo(List.of("z", "a"));
        assertRefused("[]", type("counts"));
        assertRefused("{\"x\":[\"a\"]}", type("nested"));
    }

    @Test
    void read_optionals_areEmptyForNull() {
        assertThat(read("\"5\"", type("optional"))).isEqualTo(Optional.of(5));
        assertThat(read("null", type("optional"))).isEqualTo(Optional.empty());
        assertThat(read("[1]", type("optionalList"))).isEqualTo(Optional.of(List.of(1)));
        assertThat(read("5", OptionalInt.class)).isEqualTo(OptionalInt.of(5));
        assertThat(read("null", OptionalLong.class)).isEqualTo(OptionalLong.empty());
        assertThat(read("\"1.5\"", OptionalDouble.class)).isEqualTo(OptionalDouble.of(1.5));
    }

    /* --- any value --- */

    @Test
    void read_object_captures05014To05017GiveNaturalValues() {
        assertThat(read("5", Object.class)).isEqualTo(5L);
        assertThat(read("1.0", Object.class)).isEqualTo(1.0);
        assertThat(read("99999999999999999999", Object.class)).isEqualTo(new BigInteger("99999999999999999999"));
        assertThat(read("\"2014-01-02T03:04:05Z\"", Object.class)).isEqualTo("2014-01-02T03:04:05Z");
        assertThat(read("true", Object.class)).isEqualTo(true);
        assertThat(read("null", Object.class)).isNull();
        assertThat(read("{\"x\":{\"y\":[1,null]}}", Object.class))
                .isEqualTo(Map.of("x", Map.of("y", java.util.Arrays.asList(1L, null))));
        assertThat(read("{}", Object.class)).isInstanceOf(LinkedHashMap.class);
    }

    @Test
    void read_rawJson_capture05013KeepsItAsItIs() {
        assertThat(read("{\"b\":1,\"A\":[1,2.50,null]}", RawJson.class))
                .isEqualTo(RawJson.parse("{\"b\":1,\"A\":[1,2.50,null]}"));
        assertThat(read("null", RawJson.class)).isSameAs(RawJson.NULL);
    }

    @Test
    void read_jsonValue_isParsed() {
        assertThat(((JsonObject) read("{\"a\":1}", JsonObject.class)).getInt("a"))
                .isEqualTo(1);
        assertThat(((JsonArray) read("[1]", JsonValue.class))).hasSize(1);
        assertThat(((JsonString) read("\"x\"", JsonString.class)).getString()).isEqualTo("x");
        assertRefused("[]", JsonObject.class);
    }

    /* --- records --- */

    @Test
    void read_record_capture05045MatchesNamesInAnyCase() {
        assertThat(read(
                        "{\"Name\":\"Bob\",\"AGE\":5,\"home\":{\"Street\":\"S\",\"zip\":\"1\"},\"unknown\":[1],\"flag\":true,\"favourite\":\"green\"}",
                        Person.class))
                .isEqualTo(new Person("Bob", 5, new Address("S", 1), null, Color.GREEN, true));
        assertThat(read("{}", Person.class)).isEqualTo(new Person(null, 0, null, null, null, false));
        assertThat(read("null", Person.class)).isNull();
        assertThat(read("{\"age\":1,\"Age\":2}", Person.class)).isEqualTo(new Person(null, 2, null, null, null, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\"",
                "5",
                "[1,2]",
                "{\"Age\":\"notanumber\"}",
                "{\"age\":null}",
                "{\"home\":5}",
                "{\"tags\":{}}"
            })
    void read_recordFromSomethingElse_captures05047To05050AreRefused(String json) {
        assertRefused(json, Person.class);
    }

    @Test
    void read_genericRecord_fillsItsVariables() {
        Address address = new Address("S", 1);
        Page<?> page = (Page<?>) read(
                "{\"items\":[{\"street\":\"S\",\"zip\":1}],\"byName\":{\"a\":{\"street\":\"S\",\"zip\":1}},\"array\":[{\"street\":\"S\",\"zip\":1}],\"first\":{\"street\":\"S\",\"zip\":1}}",
                type("page"));
        assertThat(page.items()).isEqualTo(List.of(address));
        assertThat(page.byName()).isEqualTo(Map.of("a", address));
        assertThat(page.array()).isEqualTo(new Address[] {address});
        assertThat(page.first()).isEqualTo(address);
        assertThat(read("[{\"name\":\"a\"}]", type("people")))
                .isEqualTo(List.of(new Person("a", 0, null, null, null, false)));
    }

    @Test
    void read_recordThatRefusesItsValues_saysSo() {
        assertThat(read("{\"value\":1}", Positive.class)).isEqualTo(new Positive(1));
        assertThatExceptionOfType(JsonBindingException.class)
                .isThrownBy(() -> read("{\"value\":0}", Positive.class))
                .withMessageEndingWith("Positive refuses these values.")
                .withRootCauseExactlyInstanceOf(IllegalArgumentException.class);
    }

    /* --- limits --- */

    @ParameterizedTest
    @ValueSource(classes = {Object.class, RawJson.class, JsonValue.class})
    void read_nestedOneLevelTooDeep_capture07038IsRefused(Class<?> type) {
        int limit = Json.MAX_READ_DEPTH;
        assertThat(read("[".repeat(limit) + "]".repeat(limit), type)).isNotNull();
        assertThatExceptionOfType(JsonBindingException.class)
                .isThrownBy(() -> read("[".repeat(limit + 1) + "]".repeat(limit + 1), type))
                .withMessage("A value is nested 21 levels deep, at most 20 are allowed.");
    }

    @Test
    void read_longValueThatDoesNotFit_isShortenedInTheMessage() {
        assertThatExceptionOfType(JsonBindingException.class)
                .isThrownBy(() -> read("\"" + "x".repeat(1_000) + "\"", int.class))
                .withMessage("The value \"" + "x".repeat(39) + "… (1002 characters) cannot be read as int.");
    }
}
