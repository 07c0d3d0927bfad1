package io.hubwire.push.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * Claims signed for one purpose (JWT, HS256) and good for a limited time. The clock decides to the second, without
 * leeway: signer and verifier are the same server, or its neighbours. Thread-safe.
 */
final class SignedClaims {
    private static final String ISSUER = "hubwire";
    private static final int MAX_LENGTH = 4096;

    private final String purpose;
    private final MACSigner signer;
    private final MACVerifier verifier;
    private final Duration lifetime;
    private final Clock clock;

    SignedClaims(SigningKeys keys, String purpose, Duration lifetime, Clock clock) {
        byte[] key = keys.keyFor(purpose);
        this.purpose = purpose;
        this.lifetime = lifetime;
        this.clock = clock;
        try {
            this.signer = new MACSigner(key);
            this.verifier = new MACVerifier(key);
        } catch (JOSEException keyTooShort) {
            throw new IllegalStateException("keys have 256 bits", keyTooShort);
        }
    }

    Duration lifetime() {
        return lifetime;
    }

    /** Adds issuer, audience, time of issue and expiry to the claims. */
    String sign(JWTClaimsSet.Builder claims) {
        Instant now = clock.instant();
        claims.issuer(ISSUER).audience(purpose).issueTime(Date.from(now)).expirationTime(Date.from(now.plus(lifetime)));
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException failure) {
            throw new IllegalStateException("HS256 is required of every JDK", failure);
        }
        return token.serialize();
    }

    Verdict verify(String token) {
        if (token.length() > MAX_LENGTH) {
            return new Verdict.Forged();
        }
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            return isOurs(parsed) ? inTime(parsed.getJWTClaimsSet()) : new Verdict.Forged();
        } catch (ParseException | JOSEException | IllegalArgumentException malformed) {
            return new Verdict.Forged();
        }
    }

    private boolean isOurs(SignedJWT token) throws JOSEException, ParseException {
        return JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
                && token.verify(verifier)
                && ISSUER.equals(token.getJWTClaimsSet().getIssuer())
                && token.getJWTClaimsSet().getAudience().contains(purpose);
    }

    private Verdict inTime(JWTClaimsSet claims) {
        Date expiry = claims.getExpirationTime();
        if (expiry == null) {
            return new Verdict.Forged();
        }
        return clock.instant().isBefore(expiry.toInstant()) ? new Verdict.Genuine(claims) : new Verdict.Expired();
    }

    sealed interface Verdict {
        record Genuine(JWTClaimsSet claims) implements Verdict {}

        /** Signed by us once, but too old. */
        record Expired() implements Verdict {}

        /** Not signed by us for this purpose, or no token at all. */
        record Forged() implements Verdict {}
    }
}
