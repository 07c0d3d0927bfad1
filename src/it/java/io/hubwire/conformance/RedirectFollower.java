package io.hubwire.conformance;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Negotiates as clients of 2.1 do, going wherever it is sent (protocol §2.4). */
final class RedirectFollower {
    private static final int MAX_REDIRECTS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String ownQuery;
    private String url;
    private String query;
    private Optional<String> accessToken = Optional.empty();
    private int redirects;

    /** @param ownQuery what the client's user asked to be sent along, without the question mark */
    RedirectFollower(String url, String ownQuery) {
        this.url = url;
        this.ownQuery = ownQuery;
        this.query = ownQuery;
    }

    /**
     * Follows all redirects and returns what the last server answers.
     *
     * @throws IllegalStateException with the client's own complaint when it gives up
     */
    JsonText follow() {
        JsonText answer = negotiate();
        while (answer.has("RedirectUrl")) {
            if (++redirects > MAX_REDIRECTS) {
                throw new IllegalStateException("Negotiate redirection limit exceeded.");
            }
            goTo(answer.get("RedirectUrl").orElseThrow().text());
            accessToken = answer.get("AccessToken").map(JsonText::text).or(() -> accessToken);
            answer = negotiate();
        }
        if (answer.has("Error")) {
            throw new IllegalStateException("Error message received from the server: '"
                    + answer.get("Error").orElseThrow().text() + "'.");
        }
        return answer;
    }

    int redirects() {
        return redirects;
    }

    /** How a client goes on from where it has come to. */
    ClientOptions options() {
        URI uri = URI.create(url);
        ClientOptions options = ClientOptions.to(uri.getHost(), uri.getPort()).withPath(uri.getPath());
        for (Map.Entry<String, String> pair : pairs().entrySet()) {
            options = options.withQuery(pair.getKey(), pair.getValue());
        }
        return accessToken.isPresent() ? options.withHeader("Authorization: Bearer " + accessToken.get()) : options;
    }

    private Map<String, String> pairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }

    private void goTo(String redirectUrl) {
        int question = redirectUrl.indexOf('?');
        url = question < 0 ? redirectUrl : redirectUrl.substring(0, question);
        query = question < 0 ? ownQuery : redirectUrl.substring(question + 1);
    }

    private JsonText negotiate() {
        URI uri = URI.create(url);
        RawHttpRequest request = RawHttpRequest.get(
                uri.getRawPath() + "/negotiate?clientProtocol=2.1" + (query.isEmpty() ? "" : "&" + query));
        RawExchange exchange = new RawHttpClient(uri.getHost(), uri.getPort())
                .call(
                        accessToken
                                .map(token -> request.header("Authorization: Bearer " + token))
                                .orElse(request),
                        PATIENCE);
        if (exchange.status() != 200) {
            throw new IllegalStateException(request + " was answered " + exchange.status());
        }
        return JsonText.parse(exchange.body());
    }
}
