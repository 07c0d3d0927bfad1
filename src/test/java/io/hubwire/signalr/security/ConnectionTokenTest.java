package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTokenTest {
    private final KeyRing keys = KeyRing.random();

    private ConnectionToken roundTrip(ConnectionToken token) {
        return ConnectionToken.unprotect(keys, token.protect(keys)).orElseThrow();
    }

    @Test
    void create_twice_v11GivesDifferentIds() {
        ConnectionToken token = ConnectionToken.create(null);
        assertThat(token.connectionId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(token.userName()).isEmpty();
        assertThat(ConnectionToken.create(null).connectionId()).isNotEqualTo(token.connectionId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "a:b:c", ":", "DOMAIN\\bob", "josé", "用户😀"})
    void unprotect_anyUserName_v23RoundTrips(String userName) {
        ConnectionToken token = ConnectionToken.create(userName);
        assertThat(roundTrip(token)).isEqualTo(token);
        assertThat(roundTrip(token).belongsTo(userName)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "alice,alice,true",
                "alice,ALICE,true",
                "alice,bob,false",
                "alice,-,false",
                "-,alice,false",
                "-,-,true",
                "-,'',true",
                "'',-,true",
                "a:b:c,A:B:C,true",
                "a:b:c,a,false"
            })
    void belongsTo_currentUser_v22IgnoresCaseOnly(String tokenUser, String currentUser, boolean belongs) {
        assertThat(roundTrip(ConnectionToken.create(tokenUser)).belongsTo(currentUser))
                .isEqualTo(belongs);
    }

    @Test
    void unprotect_groupsToken_v24IsEmpty() {
        String groups = new GroupsToken("id", "e-1", List.of()).protect(keys);
        assertThat(ConnectionToken.unprotect(keys, groups)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ":alice", "noseparator"})
    void unprotect_dataWithoutAnId_isEmpty(String data) {
        String token = keys.protector(ConnectionToken.PURPOSE).protect(data.getBytes(UTF_8));
        assertThat(ConnectionToken.unprotect(keys, token)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b"})
    void construct_idThatCouldNotBeRead_isRefused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionToken(id, "alice"));
    }
}
