package io.hubwire.signalr.protocol;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The answers to {@code /negotiate} that turn a client away (protocol §2.4). Clients of 2.0 and newer understand them;
 * an older one fails to start with a complaint about the version, which is right for both.
 */
public sealed interface NegotiateRedirect {

    /** The JSON object. */
    String toJson();

    /**
     * Sends a client elsewhere; see {@link To}.
     *
     * @throws IllegalArgumentException when {@code url} is no address that a client can use
     */
    static NegotiateRedirect to(String url) {
        return new To(url, Optional.empty());
    }

    /** Sends a client elsewhere with a token; see {@link To}. */
    static NegotiateRedirect to(String url, String accessToken) {
        return new To(url, Optional.of(accessToken));
    }

    /** Fails the client's start; see {@link Refusal}. */
    static NegotiateRedirect refuse(String error) {
        return new Refusal(error);
    }

    /**
     * The client negotiates again elsewhere.
     *
     * @param url begins with {@code http://} or {@code https://}, has neither white space nor a fragment; what follows its first {@code ?} replaces the
     *     client's own query string, which only clients of 2.1 and newer can do
     * @param accessToken not empty; sent by the client as a bearer token from then on; never in {@link #toString}
     */
    record To(String url, Optional<String> accessToken) implements NegotiateRedirect {
        private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[^/?#\\s\\p{Cntrl}][^#\\s\\p{Cntrl}]*");

        /** Refuses nulls and what no client could follow. */
        public To {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(accessToken, "accessToken");
            if (!ADDRESS.matcher(url).matches()) {
                throw new IllegalArgumentException(
                        "A client is redirected to an absolute http or https address without white space or fragment,"
                                + " not to: " + withoutQuery(url));
            }
            if (accessToken.filter(String::isEmpty).isPresent()) {
                throw new IllegalArgumentException("accessToken must not be empty");
            }
        }

        /** Whether the address has a query, which clients of 2.0 cannot follow. */
        public boolean hasQuery() {
            return url.indexOf('?') >= 0;
        }

        @Override
        public String toJson() {
            StringBuilder json = open().append(",\"RedirectUrl\":");
            Json.appendString(json, url);
            accessToken.ifPresent(token -> {
                json.append(",\"AccessToken\":");
                Json.appendString(json, token);
            });
            return json.append('}').toString();
        }

        /** Without the token and without the query, which may hold one. */
        @Override
        public String toString() {
            return "redirect to " + withoutQuery(url);
        }

        private static String withoutQuery(String url) {
            return url.split("\\?", 2)[0];
        }
    }

    /**
     * The client's start fails with this text.
     *
     * @param error shown to the client's developer; not empty
     */
    record Refusal(String error) implements NegotiateRedirect {

        /** Refuses a null or empty text, which clients would overlook. */
        public Refusal {
            if (error.isEmpty()) {
                throw new IllegalArgumentException("error must not be empty");
            }
        }

        @Override
        public String toJson() {
            StringBuilder json = open().append(",\"Error\":");
            Json.appendString(json, error);
            return json.append('}').toString();
        }
    }

    private static StringBuilder open() {
        return new StringBuilder(160)
                .append("{\"ProtocolVersion\":\"")
                .append(ProtocolVersion.MAX.text())
                .append('"');
    }
}
