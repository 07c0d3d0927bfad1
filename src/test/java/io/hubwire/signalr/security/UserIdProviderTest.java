package io.hubwire.signalr.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserIdProviderTest {

    @Test
    void principalName_users_haveTheirNameAndAnonymousNone() {
        UserIdProvider provider = UserIdProvider.principalName();
        assertThat(provider.userId(() -> "alice")).hasValue("alice");
        assertThat(provider.userId(() -> "")).isEmpty();
        assertThat(provider.userId(() -> null)).isEmpty();
        assertThat(provider.userId(null)).isEmpty();
    }
}
