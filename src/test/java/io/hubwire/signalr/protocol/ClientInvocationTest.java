package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientInvocationTest {

    @Test
    void toUtf8_arguments_v67KeepsNamesAsDeclared() {
        assertThat(new ClientInvocation(
                                "demo", "Signal", List.of(RawJson.ofString("g"), RawJson.parse("{ \"a\" : 1 }")), null)
                        .toUtf8())
                .asString()
                .isEqualTo("{\"H\":\"demo\",\"M\":\"Signal\",\"A\":[\"g\",{\"a\":1}]}");
    }

    @Test
    void toUtf8_noArguments_writesAnEmptyArray() {
        assertThat(new ClientInvocation("demo", "noArgs", List.of(), null).toUtf8())
                .asString()
                .isEqualTo("{\"H\":\"demo\",\"M\":\"noArgs\",\"A\":[]}");
    }

    @Test
    void toUtf8_state_v68ComesLast() {
        assertThat(new ClientInvocation("demo", "x", List.of(), RawJson.parse("{\"n\":\"é\"}")).toUtf8())
                .asString()
                .isEqualTo("{\"H\":\"demo\",\"M\":\"x\",\"A\":[],\"S\":{\"n\":\"é\"}}");
    }
}
