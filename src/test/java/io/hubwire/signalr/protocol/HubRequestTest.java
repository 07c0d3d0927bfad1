package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class HubRequestTest {

    private static String call(String args) {
        return "{\"H\":\"EchoHub\",\"M\":\"Echo\",\"A\":" + args + ",\"I\":0}";
    }

    private static String withState(String state) {
        return "{\"H\":\"EchoHub\",\"M\":\"ReadState\",\"A\":[],\"I\":0,\"S\":" + state + "}";
    }

    private static String texts(HubRequest request) {
        return request.args().stream().map(RawJson::text).collect(Collectors.joining(" "));
    }

    private static void assertRefused(String data) {
        assertThatExceptionOfType(HubRequestException.class).isThrownBy(() -> HubRequest.parse(data));
    }

    /* --- accepted --- */

    @Test
    void parse_plainCall_v42ReadsAllParts() {
        HubRequest request = HubRequest.parse("{\"H\":\"demo\",\"M\":\"overload\",\"A\":[5],\"I\":0}");
        assertThat(request.hub()).isEqualTo("demo");
        assertThat(request.method()).isEqualTo("overload");
        assertThat(request.args()).containsExactly(RawJson.parse("5"));
        assertThat(request.id()).isEqualTo("0");
        assertThat(request.state()).isNull();
    }

    @Test
    void parse_withoutArguments_v43HasNone() {
        assertThat(HubRequest.parse("{\"H\":\"Demo\",\"M\":\"OVERLOAD\",\"I\":\"x1\"}")
                        .args())
                .isEmpty();
        assertThat(HubRequest.parse(call("null")).args()).isEmpty();
        assertThat(HubRequest.parse(call("[]")).args()).isEmpty();
    }

    @Test
    void parse_anyKeyOrderAndUnknownKeys_isAccepted() {
        HubRequest request = HubRequest.parse(
                " {\"I\":\"7\",\"X\":{\"H\":[1]},\"A\":[ 1 , {\"H\":\"no\"} ],\"M\":\"m\",\"H\":\"h\"} ");
        assertThat(request.hub()).isEqualTo("h");
        assertThat(request.method()).isEqualTo("m");
        assertThat(texts(request)).isEqualTo("1 {\"H\":\"no\"}");
    }

    @Test
    void parse_allKindsOfArguments_cutsThemOutWhole() {
        HubRequest request =
                HubRequest.parse(call("[ \"a,\\\"]b\" ,-1.5e3,true , false,null,{\"a\":[1,{}]} , [[]] ,\"\"]"));
        assertThat(request.args().stream().map(RawJson::text))
                .containsExactly("\"a,\\\"]b\"", "-1.5e3", "true", "false", "null", "{\"a\":[1,{}]}", "[[]]", "\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1.5,1.5",
        "true,True",
        "false,False",
        "99999999999999999999,99999999999999999999",
        "\"s1\",s1",
        "12345,12345"
    })
    void parse_idOfAnyScalar_captures07021To07025ReadItAsText(String id, String text) {
        assertThat(HubRequest.parse("{\"H\":\"h\",\"M\":\"m\",\"I\":" + id + "}")
                        .id())
                .isEqualTo(text);
    }

    @Test
    void parse_idMissingOrNull_capture07019IsNull() {
        assertThat(HubRequest.parse("{\"H\":\"h\",\"M\":\"m\"}").id()).isNull();
        assertThat(HubRequest.parse("{\"H\":\"h\",\"M\":\"m\",\"I\":null}").id())
                .isNull();
    }

    @Test
    void parse_emptyMethod_capture07013IsLeftToTheHub() {
        assertThat(HubRequest.parse("{\"H\":\"h\",\"M\":\"\"}").method()).isEmpty();
    }

    @Test
    void parse_duplicateKeys_capture07029TakesTheLast() {
        assertThat(HubRequest.parse("{\"H\":\"EchoHub\",\"M\":\"Echo\",\"M\":\"ConnId\",\"A\":[],\"I\":0}")
                        .method())
                .isEqualTo("ConnId");
    }

    @Test
    void parse_deepArgument_capture07038IsLeftToTheBinding() {
        assertThat(HubRequest.parse(call("[" + "[".repeat(30) + "]".repeat(30) + "]"))
                        .args()
                        .get(0)
                        .depth())
                .isEqualTo(30);
    }

    @Test
    void parse_state_v56KeepsItRaw() {
        assertThat(HubRequest.parse(withState("{\"name\":\"n1\", \"count\":3}"))
                        .state()
                        .text())
                .isEqualTo("{\"name\":\"n1\",\"count\":3}");
        assertThat(HubRequest.parse(withState("null")).state()).isNull();
    }

    @Test
    void parse_escapedKeysAndNames_areDecoded() {
        HubRequest request = HubRequest.parse("{\"\\u0048\":\"caf\\u00e9\",\"M\":\"\\n\"}");
        assertThat(request.hub()).isEqualTo("café");
        assertThat(request.method()).isEqualTo("\n");
    }

    /* --- refused --- */

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "{\"H\":\"EchoHub\",",
                "garbage",
                "[]",
                "5",
                "null",
                "\"x\"",
                "{}",
                "{\"M\":\"Echo\",\"A\":[\"x\"],\"I\":0}",
                "{\"H\":null,\"M\":\"Echo\",\"A\":[\"x\"],\"I\":0}",
                "{\"H\":\"EchoHub\",\"A\":[\"x\"],\"I\":0}",
                "{\"H\":\"h\",\"M\":null}",
                "{\"H\":\"h\",\"M\":\"m\",\"A\":{\"0\":\"x\"}}",
                "{\"H\":\"h\",\"M\":\"m\",\"A\":\"x\"}",
                "{\"H\":\"h\",\"M\":\"m\",\"A\":1}",
                "{\"H\":\"h\",\"M\":\"m\",\"I\":{}}",
                "{\"H\":[],\"M\":\"m\"}",
                "{\"Hub\":\"EchoHub\",\"Method\":\"Echo\",\"Args\":[\"x\"],\"Id\":0}",
                "{\"H\":\"h\",\"M\":\"m\",\"S\":[1]}",
                "{\"H\":\"h\",\"M\":\"m\",\"S\":\"x\"}"
            })
    void parse_noHubCall_v55IsRefusedLikeInCaptures07001To07036(String data) {
        assertRefused(data);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*c*/{\"H\":\"h\",//x\n\"M\":\"m\"}",
                "{'H':'h','M':'m'}",
                "{H:\"h\",M:\"m\"}",
                "{\"H\":\"h\",\"M\":\"m\",\"A\":[\"x\",]}",
                "{\"H\":\"h\",\"M\":\"m\",}",
                "{\"H\":\"h\",\"M\":\"m\",\"A\":[NaN]}",
                "{\"H\":\"h\",\"M\":\"m\",\"A\":[0x10]}",
                "{\"H\":\"h\",\"M\":\"m\"} trailing",
                "{\"H\":\"h\",\"M\":\"m\"}{}"
            })
    void parse_whatIsNotJson_isRefusedOnPurposeUnlikeInCaptures07031To07043(String data) {
        assertRefused(data);
    }

    @Test
    void parse_refusal_doesNotRepeatTheInput() {
        assertThatExceptionOfType(HubRequestException.class)
                .isThrownBy(() -> HubRequest.parse("{\"H\":\"secret-hub\",\"M\":secret}"))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("secret"));
    }

    /* --- limits --- */

    @Test
    void parse_stateOneCharacterTooLong_v57IsRefusedWithTheDocumentedText() {
        String longest = "{\"a\":\"" + "x".repeat(HubRequest.MAX_STATE_LENGTH - 8) + "\"}";
        assertThat(HubRequest.parse(withState(longest)).state().length()).isEqualTo(HubRequest.MAX_STATE_LENGTH);
        assertThatExceptionOfType(HubRequestException.class)
                .isThrownBy(() -> HubRequest.parse(withState(longest.replace("\"}", "x\"}"))))
                .withMessage("State has exceeded the maximum length of 4096 bytes.");
    }

    @Test
    void parse_stateNestedOneLevelTooDeep_isRefused() {
        String deepest = "{\"a\":" + "[".repeat(19) + "]".repeat(19) + "}";
        assertThat(HubRequest.parse(withState(deepest)).state().depth()).isEqualTo(Json.MAX_READ_DEPTH);
        assertRefused(withState("{\"a\":" + deepest + "}"));
    }

    @Test
    void parse_oneArgumentTooMany_isRefused() {
        String most = IntStream.range(0, HubRequest.MAX_ARGUMENTS)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        assertThat(HubRequest.parse(call("[" + most + "]")).args()).hasSize(HubRequest.MAX_ARGUMENTS);
        assertThatExceptionOfType(HubRequestException.class)
                .isThrownBy(() -> HubRequest.parse(call("[" + most + ",0]")))
                .withMessage("The hub call has more than 255 arguments.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "M", "I"})
    void parse_nameOneCharacterTooLong_isRefused(String key) {
        String rest = "\"H\":\"h\",\"M\":\"m\"";
        String longest = "x".repeat(HubRequest.MAX_NAME_LENGTH - 2);
        assertThat(HubRequest.parse("{" + rest + ",\"" + key + "\":\"" + longest + "\"}"))
                .isNotNull();
        assertRefused("{" + rest + ",\"" + key + "\":\"" + longest + "x\"}");
    }

    @Test
    void parse_nestedOneLevelTooDeep_isRefused() {
        int limit = JsonSlicer.MAX_NESTING;
        assertThat(HubRequest.parse(call("[" + "[".repeat(limit) + "]".repeat(limit) + "]"))
                        .args())
                .hasSize(1);
        assertRefused(call("[" + "[".repeat(limit + 1) + "]".repeat(limit + 1) + "]"));
    }

    @Test
    void parse_truncatedOrMutatedCalls_neverThrowAnythingElse() {
        String whole =
                "{\"H\":\"EchoHub\",\"M\":\"Echo\",\"A\":[\"a\\u00e9\",{\"b\":[1.5e3,null]},true],\"I\":\"1\",\"S\":{\"x\":1}}";
        Random random = new Random(3);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder data = new StringBuilder(whole);
            data.setLength(random.nextInt(whole.length() + 1));
            for (int i = random.nextInt(3); i > 0 && data.length() > 0; i--) {
                data.setCharAt(random.nextInt(data.length()), (char) random.nextInt(0x80));
            }
            try {
                HubRequest.parse(data.toString());
                accepted++;
            } catch (HubRequestException expected) {
                assertThat(expected).hasMessageNotContaining("EchoHub");
            }
        }
        assertThat(accepted).isLessThan(20_000);
    }
}
