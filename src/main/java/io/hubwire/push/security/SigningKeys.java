package io.hubwire.push.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One secret, and a key of its own for each purpose: what was signed for one is worthless for another. */
public final class SigningKeys {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    private SigningKeys(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Reads the secret, or makes it on first use.
     *
     * @throws IOException when it can't be read or made, or when others than its owner have access to it
     */
    public static SigningKeys open(Path file) throws IOException {
        return new SigningKeys(KeyFile.loadOrCreate(file));
    }

    /** 256 bits; always the same for the same purpose. */
    byte[] keyFor(String purpose) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException notInThisJdk) {
            throw new IllegalStateException(ALGORITHM + " is required of every JDK", notInThisJdk);
        }
    }
}
