package io.hubwire.signalr.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "127.0.0.1, 127.0.0.1",
        "2001:db8:1:2::1, 20010db800010002::/64",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 20010db800010002::/64",
        "2001:DB8:1:3::1, 20010db800010003::/64",
        "[2001:db8:1:2::1], 20010db800010002::/64",
        "fe80:0:0:0:1:2:3:4%eth0, fe80000000000000::/64",
        "::1, 0000000000000000::/64",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void network_isTheAddress_orItsPrefix(String address, String network) {
        assertThat(ClientAddress.network(address)).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "a.host.invalid", "2001:db8::1::2", ":", "1:2:3:4:5:6:7:8:9", "::ffff:192.0.2.777"
            })
    void network_ofWhatIsNoAddress_isTheTextItself(String text) {
        assertThat(ClientAddress.network(text)).isEqualTo(text);
    }

    @Test
    void network_ofOnePrefix_isOne() {
        assertThat(ClientAddress.network("2001:db8::a")).isEqualTo(ClientAddress.network("2001:db8:0:0:1::b"));
        assertThat(ClientAddress.network("2001:db8::a")).isNotEqualTo(ClientAddress.network("2001:db8:0:1::a"));
    }
}
