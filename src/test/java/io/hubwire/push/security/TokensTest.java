package io.hubwire.push.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.Person;
import io.hubwire.push.domain.RevokedTokens;
import io.hubwire.push.kit.MovableClock;
import io.hubwire.push.security.BearerTokens.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final Account ALICE =
            new Account(new Person("alice", "Alice Archer"), "no hash", Set.of("user", "admin"));

    private final MovableClock clock = new MovableClock();
    private final Revoked revoked = new Revoked();

    @TempDir
    Path directory;

    private SigningKeys keys;
    private BearerTokens tokens;
    private DownloadLinks links;

    @BeforeEach
    void open() throws IOException {
        keys = SigningKeys.open(directory.resolve("signing.key"));
        tokens = new BearerTokens(keys, revoked, Duration.ofHours(8), clock);
        links = new DownloadLinks(keys, clock);
    }

    @Test
    void verify_issued_namesUserAndClaims() {
        AuthenticatedUser user = valid(tokens.issue(ALICE));

        assertThat(user.getName()).isEqualTo("alice");
        assertThat(user.displayName()).isEqualTo("Alice Archer");
        assertThat(user.hasRole("admin")).isTrue();
        assertThat(user.hasRole("other")).isFalse();
        assertThat(user.claims()).containsEntry("sub", "alice").containsEntry("roles", List.of("admin", "user"));
    }

    @Test
    void verify_issuedTwice_haveIdsOfTheirOwn() {
        assertThat(valid(tokens.issue(ALICE)).tokenId())
                .isNotEqualTo(valid(tokens.issue(ALICE)).tokenId());
    }

    @Test
    void verify_atItsExpiry_isTooLate() {
        String token = tokens.issue(ALICE);
        Instant expiry = valid(token).expiresAt();
        clock.advance(Duration.between(clock.instant(), expiry).minusMillis(1));
        assertThat(tokens.verify(token)).isInstanceOf(Verification.Valid.class);
        clock.advance(Duration.ofMillis(1));

        assertThat(tokens.verify(token)).isEqualTo(new Verification.Invalid("The token has expired"));
    }

    @Test
    void verify_revoked_isInvalidUntilItExpires() {
        String token = tokens.issue(ALICE);
        String other = tokens.issue(ALICE);
        tokens.revoke(valid(token));

        assertThat(tokens.verify(token)).isEqualTo(new Verification.Invalid("The token was signed out"));
        assertThat(tokens.verify(other)).isInstanceOf(Verification.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "...", "{}", "eyJhbGciOiJIUzI1NiJ9.e30.", "\u0000"})
    void verify_noToken_isInvalid(String token) {
        assertInvalid(token);
        assertThat(links.verify(token)).isInstanceOf(DownloadLinks.Verdict.Forged.class);
    }

    @Test
    void verify_changedOrTruncated_isInvalid() {
        String token = tokens.issue(ALICE);
        int middle = token.length() / 2;
        char changed = token.charAt(middle) == 'A' ? 'B' : 'A';

        assertInvalid(token.substring(0, middle) + changed + token.substring(middle + 1));
        assertInvalid(token.substring(0, token.lastIndexOf('.') + 1));
    }

    @Test
    void verify_unsigned_isInvalid() {
        assertInvalid(new PlainJWT(claims("hubwire access token")).serialize());
    }

    @Test
    void verify_signedWithAnotherKey_isInvalid() throws Exception {
        assertInvalid(signed(new byte[32], claims("hubwire access token")));
    }

    @Test
    void verify_withoutExpiry_isInvalid() throws Exception {
        var forever = new JWTClaimsSet.Builder(claims("hubwire access token"))
                .expirationTime(null)
                .build();

        assertInvalid(signed(keys.keyFor("hubwire access token"), forever));
    }

    @Test
    void verify_tooLong_isInvalidWithoutAnAttempt() {
        assertInvalid("a".repeat(1_000_000));
    }

    @Test
    void verify_downloadLinkAsBearerToken_isInvalid() {
        assertInvalid(links.issue(UUID.randomUUID(), "alice"));
    }

    @Test
    void link_bearerToken_isForged() {
        assertThat(links.verify(tokens.issue(ALICE))).isInstanceOf(DownloadLinks.Verdict.Forged.class);
    }

    @Test
    void link_inTime_namesFileAndUser() {
        UUID file = UUID.randomUUID();

        assertThat(links.verify(links.issue(file, "bob"))).isEqualTo(new DownloadLinks.Verdict.Granted(file, "bob"));
    }

    @Test
    void link_afterItsLifetime_isExpired() {
        String link = links.issue(UUID.randomUUID(), "bob");
        clock.advance(DownloadLinks.LIFETIME);

        assertThat(links.verify(link)).isInstanceOf(DownloadLinks.Verdict.Expired.class);
    }

    @Test
    void keys_afterARestart_areTheSame() throws IOException {
        String token = tokens.issue(ALICE);
        var restarted = new BearerTokens(
                SigningKeys.open(directory.resolve("signing.key")), revoked, Duration.ofHours(8), clock);

        assertThat(restarted.verify(token)).isInstanceOf(Verification.Valid.class);
    }

    private void assertInvalid(String token) {
        assertThat(tokens.verify(token)).isEqualTo(new Verification.Invalid("The token is not valid"));
    }

    private AuthenticatedUser valid(String token) {
        return ((Verification.Valid) tokens.verify(token)).user();
    }

    private JWTClaimsSet claims(String audience) {
        return new JWTClaimsSet.Builder()
                .issuer("hubwire")
                .audience(audience)
                .subject("alice")
                .claim("name", "Alice Archer")
                .claim("roles", List.of("admin"))
                .jwtID("1")
                .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                .build();
    }

    private static String signed(byte[] key, JWTClaimsSet claims) throws Exception {
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    private static final class Revoked implements RevokedTokens {
        private final Set<String> ids = new HashSet<>();

        @Override
        public void revoke(String tokenId, Instant expiresAt) {
            ids.add(tokenId);
        }

        @Override
        public boolean revokeFirst(String tokenId, Instant expiresAt) {
            return ids.add(tokenId);
        }

        @Override
        public boolean isRevoked(String tokenId) {
            return ids.contains(tokenId);
        }
    }
}
