package io.hubwire.push.domain;

import java.time.Instant;

/** Tokens that were signed out before they expired. Shared by all nodes, survives restarts. Blocking; thread-safe. */
public interface RevokedTokens {

    /**
     * Idempotent.
     *
     * @param expiresAt after which the token is worthless anyway and the entry is forgotten, so that entries stay as few
     *     as the sign-outs within one token lifetime
     */
    void revoke(String tokenId, Instant expiresAt);

    /**
     * As {@link #revoke}, for what may be used once: of several callers with the same id, on whatever nodes, one is told that it was the first.
     *
     * @return whether nobody had revoked it
     */
    boolean revokeFirst(String tokenId, Instant expiresAt);

    boolean isRevoked(String tokenId);
}
