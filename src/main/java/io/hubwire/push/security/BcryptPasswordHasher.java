package io.hubwire.push.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.hubwire.push.domain.PasswordHasher;

/** bcrypt; passwords beyond its 72 bytes count to their end, as they are digested first. */
public final class BcryptPasswordHasher implements PasswordHasher {
    private final int cost;

    /**
     * Hashes at a cost; verifies hashes of any.
     *
     * @param cost 4 to 31: each step doubles the time of a call (12: about a quarter of a second)
     */
    public BcryptPasswordHasher(int cost) {
        if (cost < BCrypt.MIN_COST || cost > BCrypt.MAX_COST) {
            throw new IllegalArgumentException(
                    "the cost must be " + BCrypt.MIN_COST + " to " + BCrypt.MAX_COST + ", not " + cost);
        }
        this.cost = cost;
    }

    @Override
    public String hash(String password) {
        return BCrypt.with(LongPasswordStrategies.hashSha512(BCrypt.Version.VERSION_2A))
                .hashToString(cost, password.toCharArray());
    }

    @Override
    public boolean matches(String password, String hash) {
        return BCrypt.verifyer(BCrypt.Version.VERSION_2A, LongPasswordStrategies.hashSha512(BCrypt.Version.VERSION_2A))
                .verify(password.toCharArray(), hash)
                .verified;
    }
}
