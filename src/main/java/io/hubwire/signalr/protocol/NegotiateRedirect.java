package io.hubwire.signalr.protocol;

import java.util.Objects;
import java.util.Optional;

/**
 * The answers to {@code /negotiate} that turn a client away (protocol §2.4). Clients of 2.0 and newer understand them;
 * an older one fails to start, which is right for both.
 */
public sealed interface NegotiateRedirect {

    /** The JSON object. */
    String toJson();

    /**
     * The client negotiates again elsewhere.
     *
     * @param url absolute; what follows its first {@code ?} replaces the client's own query string
     * @param accessToken sent by the client as a bearer token from then on
     */
    record To(String url, Optional<String> accessToken) implements NegotiateRedirect {

        /** Refuses nulls. */
        public To {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(accessToken, "accessToken");
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
