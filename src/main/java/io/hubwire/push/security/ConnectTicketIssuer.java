package io.hubwire.push.security;

/** Gives out what stands in the URLs of a live connection in place of the bearer token. Thread-safe. */
@FunctionalInterface
public interface ConnectTicketIssuer {

    /**
     * A ticket for one connection.
     *
     * @param origin the request's {@code Origin} header; null for none
     * @throws IllegalArgumentException when the origin is none, such as {@code null}, that of sandboxed pages
     */
    ConnectTicketAnswer issue(AuthenticatedUser user, String origin);

    /**
     * What a client gets.
     *
     * @param ticket for {@code qs}
     * @param expiresIn seconds within which the connection has to begin
     */
    record ConnectTicketAnswer(String ticket, long expiresIn) {

        /** Nobody's credentials into a log. */
        @Override
        public String toString() {
            return "ConnectTicketAnswer[" + expiresIn + "]";
        }
    }
}
