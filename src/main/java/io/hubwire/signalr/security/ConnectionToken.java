package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.UUID;

/**
 * What a connection token says (protocol §3.1): the connection, and for whom it was negotiated. The token is the
 * bearer's credential; the id alone is not secret.
 *
 * @param connectionId not empty, without a colon
 * @param userName empty for anonymous users; may contain colons
 */
public record ConnectionToken(String connectionId, String userName) {

    /** Separates these tokens from all others of the same keys. */
    public static final String PURPOSE = "SignalR.ConnectionToken";

    private static final char SEPARATOR = ':';

    /** Refuses an id that could not be told from the user name. */
    public ConnectionToken {
        if (connectionId.isEmpty() || connectionId.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("a connection id is not empty and has no colon");
        }
        userName = userName == null ? "" : userName;
    }

    /**
     * Names a new connection by a random UUID.
     *
     * @param userName of the authenticated user; null or empty for an anonymous one
     */
    public static ConnectionToken create(String userName) {
        return new ConnectionToken(UUID.randomUUID().toString(), userName);
    }

    /** The token for the client. */
    public String protect(KeyRing keys) {
        return keys.protector(PURPOSE).protect((connectionId + SEPARATOR + userName).getBytes(UTF_8));
    }

    /** Reads a token; empty for what these keys have not issued as a connection token, whatever it is. */
    public static Optional<ConnectionToken> unprotect(KeyRing keys, String token) {
        return keys.protector(PURPOSE).unprotect(token).flatMap(ConnectionToken::parse);
    }

    private static Optional<ConnectionToken> parse(byte[] data) {
        String text = new String(data, UTF_8);
        int separator = text.indexOf(SEPARATOR);
        return separator <= 0
                ? Optional.empty()
                : Optional.of(new ConnectionToken(text.substring(0, separator), text.substring(separator + 1)));
    }

    /**
     * Whether a request of this user may use the token: the name is the same, case ignored.
     *
     * @param currentUserName null or empty for an anonymous request
     */
    public boolean belongsTo(String currentUserName) {
        return userName.equalsIgnoreCase(currentUserName == null ? "" : currentUserName);
    }
}
