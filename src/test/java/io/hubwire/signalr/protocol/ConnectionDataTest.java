package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionDataTest {

    private static String hubs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"name\":\"h" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"[]", " [ ] "})
    void parse_nothingListed_capture01025MeansNoHubs(String text) {
        assertThat(ConnectionData.parse(text)).isEmpty();
    }

    @Test
    void parse_severalHubs_capture01041KeepsNamesAndOrder() {
        assertThat(ConnectionData.parse("[{\"name\":\"echohub\"},{\"name\":\"customName\"},{\"name\":\"typedHub\"}]"))
                .containsExactly("echohub", "customName", "typedHub");
    }

    @Test
    void parse_encodedOnceMore_isDecoded() {
        assertThat(ConnectionData.parse("%5B%7b%22name%22%3A%22a+b%C3%A9%22%7D%5D"))
                .containsExactly("a bé");
        assertThatExceptionOfType(ConnectionDataException.class).isThrownBy(() -> ConnectionData.parse("%5"));
        assertThatExceptionOfType(ConnectionDataException.class).isThrownBy(() -> ConnectionData.parse("%255B%255D"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "Name", "NAME", "nAmE"})
    void parse_keyInAnyCase_capture01039IsAccepted(String key) {
        assertThat(ConnectionData.parse("[{\"" + key + "\":\"ECHOHUB\",\"other\":[{\"name\":\"x\"}]}]"))
                .containsExactly("ECHOHUB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"echohub\"}",
                "[{\"name\":",
                "garbage",
                "[{}]",
                "[{\"name\":null}]",
                "[{\"name\":\"\"}]",
                "[{\"name\":5}]",
                "[\"echohub\"]",
                "null",
                "[null]",
                "[{\"name\":\"a\"}] x",
                "[{\"name\":\"a\"},]",
                "[{\"name\":\"a.b\"}]",
                "[[]]"
            })
    void parse_otherShapes_captures01027To01038AreRefused(String text) {
        assertThatExceptionOfType(ConnectionDataException.class).isThrownBy(() -> ConnectionData.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echohub", "EchoHub"})
    void parse_sameHubTwice_captures01032And01033AreRefused(String second) {
        assertThatExceptionOfType(ConnectionDataException.class)
                .isThrownBy(() -> ConnectionData.parse("[{\"name\":\"echohub\"},{\"name\":\"" + second + "\"}]"))
                .withMessage("Duplicate Hub names found.");
    }

    @Test
    void parse_oneHubTooMany_isRefused() {
        assertThat(ConnectionData.parse(hubs(ConnectionData.MAX_HUBS))).hasSize(ConnectionData.MAX_HUBS);
        assertThatExceptionOfType(ConnectionDataException.class)
                .isThrownBy(() -> ConnectionData.parse(hubs(ConnectionData.MAX_HUBS + 1)))
                .withMessage("connectionData lists more than 512 hubs.");
    }

    @Test
    void parse_oneCharacterTooLong_isRefused() {
        String longest = "[" + " ".repeat(ConnectionData.MAX_LENGTH - 2) + "]";
        assertThat(ConnectionData.parse(longest)).isEmpty();
        assertThatExceptionOfType(ConnectionDataException.class)
                .isThrownBy(() -> ConnectionData.parse(longest + " "))
                .withMessage("connectionData has 65537 characters, at most 65536 are allowed.");
    }
}
