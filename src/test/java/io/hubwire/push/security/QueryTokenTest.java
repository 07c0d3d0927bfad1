package io.hubwire.push.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTokenTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer=a.b-c_d",
                "bearer=a.b-c_d",
                "ACCESS_TOKEN=a.b-c_d",
                "x=1&access_token=a.b-c_d&y=2",
                "Bearer=&access_token=a.b-c_d",
                "%42earer=a%2Eb-c_d"
            })
    void in_eitherName_isFound(String query) {
        assertThat(QueryToken.in(query)).contains("a.b-c_d");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"=x", "Bearer", "Bearer=", "bearers=x", "&&", "x=Bearer=y"})
    void in_noToken_isEmpty(String query) {
        assertThat(QueryToken.in(query)).isEmpty();
    }

    @Test
    void in_malformedEscape_isTakenAsItIs() {
        assertThat(QueryToken.in("Bearer=%zz")).contains("%zz");
    }
}
