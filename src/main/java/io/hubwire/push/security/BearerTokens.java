package io.hubwire.push.security;

import com.nimbusds.jwt.JWTClaimsSet;
import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.RevokedTokens;
import io.hubwire.signalr.security.ConnectTicket;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The tokens that people get when they sign in: signed JWTs with {@code sub}, {@code name}, {@code roles}, {@code jti},
 * {@code iat} and {@code exp}. Thread-safe; verifying asks {@link RevokedTokens}, which may block.
 */
public final class BearerTokens {
    private final SignedClaims claims;
    private final RevokedTokens revoked;

    /**
     * Signs with a key of its own.
     *
     * @param lifetime of a token; whole seconds
     */
    public BearerTokens(SigningKeys keys, RevokedTokens revoked, Duration lifetime, Clock clock) {
        this.claims = new SignedClaims(keys, "hubwire access token", lifetime, clock);
        this.revoked = revoked;
    }

    public Duration lifetime() {
        return claims.lifetime();
    }

    public String issue(Account account) {
        return claims.sign(new JWTClaimsSet.Builder()
                .subject(account.name())
                .claim("name", account.person().displayName())
                .claim("roles", List.copyOf(new TreeSet<>(account.roles())))
                .jwtID(UUID.randomUUID().toString()));
    }

    /** Anything may be asked about; only what was issued here, for this purpose, and is neither old nor revoked is valid. */
    public Verification verify(String token) {
        SignedClaims.Verdict verdict = claims.verify(token);
        if (verdict instanceof SignedClaims.Verdict.Genuine genuine) {
            return verify(genuine.claims());
        }
        return new Verification.Invalid(
                verdict instanceof SignedClaims.Verdict.Expired ? "The token has expired" : "The token is not valid");
    }

    /** Ends a token before its time. Idempotent. */
    public void revoke(AuthenticatedUser user) {
        revoked.revoke(user.tokenId(), user.expiresAt());
    }

    /** Whether the token was signed out for which a connect ticket was issued. Blocking. */
    public boolean isSignedOut(ConnectTicket.Holder holder) {
        return holder.claims().getOrDefault(AuthenticatedUser.TOKEN_ID, List.of()).stream()
                .anyMatch(revoked::isRevoked);
    }

    private Verification verify(JWTClaimsSet genuine) {
        if (revoked.isRevoked(genuine.getJWTID())) {
            return new Verification.Invalid("The token was signed out");
        }
        return new Verification.Valid(user(genuine));
    }

    private static AuthenticatedUser user(JWTClaimsSet genuine) {
        try {
            return new AuthenticatedUser(
                    genuine.getSubject(),
                    genuine.getStringClaim("name"),
                    Set.copyOf(genuine.getStringListClaim("roles")),
                    genuine.getJWTID(),
                    genuine.getExpirationTime().toInstant(),
                    genuine.getClaims());
        } catch (ParseException impossible) {
            throw new IllegalStateException("we signed other claims than we read", impossible);
        }
    }

    /** What a token is worth. */
    public sealed interface Verification {
        record Valid(AuthenticatedUser user) implements Verification {}

        /**
         * A token that is no good.
         *
         * @param reason one clause for the client, free of quotes (RFC 6750 §3)
         */
        record Invalid(String reason) implements Verification {}
    }
}
