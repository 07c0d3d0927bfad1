package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubResponseTest {

    @Test
    void toJson_result_v42WritesIdAsString() {
        assertThat(HubResponse.result("0", RawJson.parse("5"), null).toJson()).isEqualTo("{\"R\":5,\"I\":\"0\"}");
    }

    @Test
    void toJson_void_v43LeavesTheResultOut() {
        assertThat(HubResponse.result("x1", null, null).toJson()).isEqualTo("{\"I\":\"x1\"}");
    }

    @Test
    void toJson_noId_capture07019WritesNull() {
        assertThat(HubResponse.result(null, RawJson.ofString("x"), null).toJson())
                .isEqualTo("{\"R\":\"x\",\"I\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "\"\"", "[]", "{}"})
    void toJson_emptyResult_v60KeepsIt(String result) {
        assertThat(HubResponse.result("0", RawJson.parse(result), null).toJson())
                .isEqualTo("{\"R\":" + result + ",\"I\":\"0\"}");
    }

    @Test
    void toJson_nullResult_v60LeavesItOut() {
        assertThat(HubResponse.result("0", RawJson.NULL, null).toJson()).isEqualTo("{\"I\":\"0\"}");
    }

    @Test
    void toJson_error_v50WritesTheText() {
        assertThat(HubResponse.error("0", "There was an error invoking Hub method 'demo.SynchronousException'.", null)
                        .toJson())
                .isEqualTo(
                        "{\"I\":\"0\",\"E\":\"There was an error invoking Hub method 'demo.SynchronousException'.\"}");
    }

    @Test
    void toJson_hubException_v51WritesFlagAndData() {
        assertThat(HubResponse.hubException("0", "message", RawJson.ofString("errorData"), null)
                        .toJson())
                .isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"message\",\"D\":\"errorData\"}");
        assertThat(HubResponse.hubException("0", "message", null, null).toJson())
                .isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"message\"}");
        assertThat(HubResponse.hubException("0", "message", RawJson.NULL, null).toJson())
                .isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"message\"}");
    }

    @Test
    void toJson_state_v56ComesFirst() {
        assertThat(HubResponse.result("0", RawJson.ofString("x"), RawJson.parse("{\"Company\": \"x\"}"))
                        .toJson())
                .isEqualTo("{\"S\":{\"Company\":\"x\"},\"R\":\"x\",\"I\":\"0\"}");
    }

    @Test
    void toJson_progress_v62PrefixesTheId() {
        assertThat(HubResponse.progress("0", RawJson.parse("100"), null).toJson())
                .isEqualTo("{\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":100}}");
        assertThat(HubResponse.progress("0", RawJson.parse("1"), RawJson.parse("{\"a\":1}"))
                        .toJson())
                .isEqualTo("{\"S\":{\"a\":1},\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":1}}");
    }

    @Test
    void toUtf8_allMembers_areInTheDocumentedOrder() {
        RawJson one = RawJson.parse("1");
        assertThat(new HubResponse(RawJson.parse("{}"), one, "i", null, true, "é", "t", one).toUtf8())
                .asString()
                .isEqualTo("{\"S\":{},\"R\":1,\"I\":\"i\",\"H\":true,\"E\":\"é\",\"T\":\"t\",\"D\":1}");
    }
}
