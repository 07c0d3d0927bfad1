package io.hubwire.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubwire.signalr.hosting.ExpiringPrincipal;
import io.hubwire.signalr.hosting.RoleAwarePrincipal;
import io.hubwire.signalr.security.DataProtector;
import io.hubwire.signalr.security.KeyRing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The application's own tokens, closed and opened as {@code OAuthOptions.AccessTokenFormat} does it in ASP.NET. Whoever needs them to outlive a restart takes the keys from a file. */
public final class AccessTokens {
    private static final DataProtector FORMAT = KeyRing.random().protector("access token");

    private AccessTokens() {}

    /** Whose token it is. */
    public record User(String name, Set<String> roles, Instant expiresAt)
            implements RoleAwarePrincipal, ExpiringPrincipal {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean hasRole(String role) {
            return roles.contains(role);
        }
    }

    /** A token for who has signed in; names and roles have no line breaks. */
    public static String issue(String user, Set<String> roles, Duration lifetime) {
        Instant expiresAt = Instant.now().plus(lifetime);
        List<String> lines = new ArrayList<>(List.of(String.valueOf(expiresAt.toEpochMilli()), user));
        lines.addAll(roles);
        return FORMAT.protect(String.join("\n", lines).getBytes(UTF_8));
    }

    /** Whoever the token was issued to; empty for what was not issued here, and for what has expired. */
    public static Optional<User> verify(String token) {
        return FORMAT.unprotect(token)
                .map(data -> List.of(new String(data, UTF_8).split("\n", -1)))
                .map(lines -> new User(
                        lines.get(1),
                        Set.copyOf(lines.subList(2, lines.size())),
                        Instant.ofEpochMilli(Long.parseLong(lines.get(0)))))
                .filter(user -> Instant.now().isBefore(user.expiresAt()));
    }
}
