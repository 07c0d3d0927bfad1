package io.hubwire.kit.client;

/**
 * What {@code /negotiate} answered (protocol §2.1).
 *
 * @param json the answer as it came, all ten keys
 */
public record Negotiation(JsonText json) {
    public String url() {
        return text("Url");
    }

    public String connectionToken() {
        return text("ConnectionToken");
    }

    public String connectionId() {
        return text("ConnectionId");
    }

    public String protocolVersion() {
        return text("ProtocolVersion");
    }

    public boolean tryWebSockets() {
        return Boolean.parseBoolean(text("TryWebSockets"));
    }

    private String text(String key) {
        return json.get(key)
                .orElseThrow(() -> new AssertionError("No " + key + " in " + json.raw()))
                .text();
    }
}
