package io.hubwire.push.security;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * Short-lived permissions to download one file, made for one person and fit for a URL: a browser follows them without a
 * header. Thread-safe; never blocks.
 */
public final class DownloadLinks {
    /** Long enough to click, too short to pass around. A download that has begun in time may go on. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final String FILE = "file";

    private final SignedClaims claims;

    public DownloadLinks(SigningKeys keys, Clock clock) {
        this.claims = new SignedClaims(keys, "hubwire download", LIFETIME, clock);
    }

    /** Whether the person may have the file is for the caller to know. */
    public String issue(UUID fileId, String userName) {
        return claims.sign(new JWTClaimsSet.Builder().subject(userName).claim(FILE, fileId.toString()));
    }

    public Verdict verify(String token) {
        SignedClaims.Verdict verdict = claims.verify(token);
        if (verdict instanceof SignedClaims.Verdict.Genuine genuine) {
            return granted(genuine.claims());
        }
        return verdict instanceof SignedClaims.Verdict.Expired ? new Verdict.Expired() : new Verdict.Forged();
    }

    private static Verdict granted(JWTClaimsSet claims) {
        try {
            return new Verdict.Granted(UUID.fromString(claims.getStringClaim(FILE)), claims.getSubject());
        } catch (ParseException impossible) {
            throw new IllegalStateException("we signed other claims than we read", impossible);
        }
    }

    /** What a link is worth. */
    public sealed interface Verdict {
        record Granted(UUID fileId, String userName) implements Verdict {}

        record Expired() implements Verdict {}

        record Forged() implements Verdict {}
    }
}
