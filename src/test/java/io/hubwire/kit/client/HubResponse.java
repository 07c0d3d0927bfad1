package io.hubwire.kit.client;

import java.util.Optional;

/**
 * The answer to a hub call (protocol §6.4).
 *
 * @param json the answer as it came
 */
public record HubResponse(JsonText json) {
    /** The raw JSON of {@code R}; empty when the method returns nothing or null. */
    public Optional<String> result() {
        return json.get("R").map(JsonText::raw);
    }

    /** The text of {@code E}. */
    public Optional<String> error() {
        return json.get("E").map(JsonText::text);
    }

    /** Whether the error was thrown for clients to see ({@code "H":true}). */
    public boolean isHubException() {
        return json.get("H").map(JsonText::raw).orElse("false").equals("true");
    }

    /** The id of the call, as text. */
    public String id() {
        return json.get("I").map(JsonText::text).orElse("");
    }
}
