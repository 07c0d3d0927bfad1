package io.hubwire.signalr.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterParserTest {

    private static Parameters query(String raw) throws RequestRefusedException {
        return ParameterParser.DEFAULT.query(raw);
    }

    private static Parameters form(String raw) throws RequestRefusedException {
        return ParameterParser.DEFAULT.form(raw.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a=b b",
                "x=1&a=b b",
                "a=b;x=1 b",
                "a=b& b",
                "&&a=b b",
                "A=b b",
                "a=b=c b=c",
                "a=1&a=2;A=3 1,2,3",
                "a=%C3%A9 é",
                "a=%5B%7B%22x%22%3A1%7D%5D [{\"x\":1}]",
                "a=[{%22name%22:%22h%22}] [{\"name\":\"h\"}]",
                "a=%zz %zz",
                "a=100% 100%",
                "a=%4 %4",
                "a=%FF%41 %FFA",
                "a=%C3%28 %C3(",
                "a=%e2%82 %e2%82",
                "a=%e2%82%AC%ff €%ff",
                "a=%F0%9F%98%80 \uD83D\uDE00",
                "%61=b b",
                "a&a=b b",
                "a=%2B +",
                "a=%2526 %26",
            })
    void query_oneParameter_hasTheValueThatTheOriginalSaw(String raw, String value) throws Exception {
        assertThat(query(raw).get("a")).contains(value);
    }

    @Test
    void query_plus_isASpaceInNameAndValue() throws Exception {
        assertThat(query("a+b=c+d").get("a b")).contains("c d");
    }

    @Test
    void query_nameWithoutEquals_isIgnored() throws Exception {
        assertThat(query("a&b=").names()).containsExactly("b");
        assertThat(query("a&b=").get("b")).contains("");
        assertThat(query("a").get("a")).isEmpty();
    }

    @Test
    void query_none_isEmpty() throws Exception {
        assertThat(query(null).names()).isEmpty();
        assertThat(query("").names()).isEmpty();
    }

    @Test
    void names_repeatedInOtherCase_areListedOnceAsFirstSpelt() throws Exception {
        assertThat(query("Transport=a&transport=b&x=1").names()).containsExactly("Transport", "x");
    }

    @Test
    void form_trailingAmpersandAndPlus_areReadAsTheClientsWriteThem() throws Exception {
        assertThat(form("data=%7B%22A%22%3A%5B%22x+y%22%5D%7D&").get("DATA")).contains("{\"A\":[\"x y\"]}");
    }

    @Test
    void form_semicolon_belongsToTheValue() throws Exception {
        assertThat(form("data={\"A\":[\"x;y\"]}").get("data")).contains("{\"A\":[\"x;y\"]}");
    }

    @Test
    void form_rawUtf8_isKept() throws Exception {
        assertThat(form("data=é€").get("data")).contains("é€");
    }

    @Test
    void query_onePairOverTheLimit_isRefusedWith400() throws Exception {
        ParameterParser parser = new ParameterParser(3, 100);
        assertThat(parser.query("a=1&b=2&c=3").names()).hasSize(3);
        assertThatThrownBy(() -> parser.query("a=1&b=2&c=3&d=4"))
                .isInstanceOfSatisfying(RequestRefusedException.class, e -> assertThat(e.status())
                        .isEqualTo(400))
                .hasMessageContaining("3");
    }

    @Test
    void query_oneCharacterOverTheLimit_isRefusedWith414() throws Exception {
        ParameterParser parser = new ParameterParser(3, 5);
        assertThat(parser.query("a=123").text("a")).isEqualTo("123");
        assertThatThrownBy(() -> parser.query("a=1234"))
                .isInstanceOfSatisfying(RequestRefusedException.class, e -> assertThat(e.status())
                        .isEqualTo(414))
                .hasMessageContaining("5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/signalr/negotiate /signalr/negotiate",
                "/signalr//negotiate /signalr//negotiate",
                "/SignalR/%6Eegotiate /SignalR/negotiate",
                "/signalr;v=1/negotiate;x=/y /signalr/negotiate/y",
                "/a/../b /a/../b",
                "/a+b /a+b",
                "/%zz /%zz",
                "/a;b=c /a",
            })
    void decode_rawPath_keepsAllButEscapesAndPathParameters(String raw, String decoded) {
        assertThat(RequestPath.decode(raw)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @CsvSource({
        "/echo, true",
        "/ECHO/x, true",
        "/echo/, true",
        "/echo2, false",
        "/ech, false",
        "//echo, false",
        "/x/echo, false"
    })
    void startsWith_prefix_matchesOnSegmentBoundaryInAnyCase(String path, boolean under) {
        assertThat(RequestPath.startsWith(path, 0, "/echo")).isEqualTo(under);
        assertThat(RequestPath.startsWith("/app" + path, 4, "/echo")).isEqualTo(under);
    }

    @Test
    void mapping_pathWithoutSlashOrWithSome_isNormalized() {
        assertThat(new HostMapping("echo//", exchange -> {}).path()).isEqualTo("/echo");
        assertThatThrownBy(() -> new HostMapping("/", exchange -> {})).isInstanceOf(IllegalArgumentException.class);
    }
}
