package io.hubwire.signalr.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "http://www.example.com,http,www.example.com,80",
        "http://www.example.com,http,www.example.com,0",
        "http://WWW.example.COM,http,www.Example.com,80",
        "http://www.example.com:80,ws,www.example.com,-1",
        "https://www.example.com,wss,www.example.com,443",
        "https://www.example.com:8443,https,www.example.com,8443",
        "http://[::1]:8080,http,[::1],8080",
        "http://[::1],http,::1,80"
    })
    void allows_sameOrigin_isTrue(String origin, String scheme, String host, int port) {
        assertThat(OriginPolicy.sameOrigin().allows(origin, scheme, host, port)).isTrue();
        assertThat(OriginPolicy.isCrossOrigin(origin, scheme, host, port)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.example.com",
                "http://example.com",
                "http://www.example.com:81",
                "http://www.example.com.evil.com",
                "null",
                "",
                "*",
                "http://",
                "http:///",
                "file://",
                "www.example.com",
                "http://www.example.com/",
                "http://user@www.example.com",
                "http://www.example.com:",
                "http://www.example.com:x",
                "http://www.example.com:99999",
                "http://www.example.com:0",
                "http://www.example.com, http://b",
                "ftp://www.example.com",
                "http://www.example.com:80:80",
                "http://exa mple"
            })
    void allows_otherOriginOrNone_isFalse(String origin) {
        assertThat(OriginPolicy.sameOrigin().allows(origin, "http", "www.example.com", 80))
                .isFalse();
        assertThat(OriginPolicy.isCrossOrigin(origin, "http", "www.example.com", 80))
                .isTrue();
    }

    @Test
    void allows_noOriginHeader_isTrue() {
        assertThat(OriginPolicy.sameOrigin().allows(null, "http", "h", 80)).isTrue();
        assertThat(OriginPolicy.isCrossOrigin(null, "http", "h", 80)).isFalse();
    }

    @Test
    void allows_namedOrigin_isTrueForItAndOwnPagesOnly() {
        OriginPolicy policy = OriginPolicy.allowing(List.of("https://app.example.com", "http://localhost:3000"));
        assertThat(policy.allows("https://APP.example.com:443", "https", "api.example.com", 443))
                .isTrue();
        assertThat(policy.allows("http://localhost:3000", "https", "api.example.com", 443))
                .isTrue();
        assertThat(policy.allows("https://api.example.com", "https", "api.example.com", 443))
                .isTrue();
        assertThat(policy.allows("http://app.example.com", "https", "api.example.com", 443))
                .isFalse();
        assertThat(policy.allows("null", "https", "api.example.com", 443)).isFalse();
    }

    @Test
    void allows_anyOrigin_hasToBeAskedFor() {
        assertThat(OriginPolicy.allowingAny().allows("https://evil.example", "http", "h", 80))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "example.com", "https://example.com/path", "null", ""})
    void allowing_noOrigin_isRefused(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OriginPolicy.allowing(List.of(origin)))
                .withMessage("not an origin: '" + origin
                        + "'; expected scheme://host or scheme://host:port with http or https");
    }
}
