package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.protocol.JsonBinding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The script for the hubs of a mapping, and its typings beside it: {@code /hubs} or {@code /js} (protocol §13.1), and {@code /hubs.d.ts}. Both are made
 * once. Who may ask is decided in front of the mapping, as for any script.
 */
final class ProxyFiles {
    private static final String SCRIPT_TYPE = "application/javascript; charset=UTF-8";
    private static final String TYPINGS_TYPE = "application/typescript; charset=UTF-8";
    private static final List<String> SCRIPTS = List.of("/hubs", "/js");
    private static final List<String> TYPINGS = List.of("/hubs.d.ts");
    private static final String DISABLED = "SignalR: JavaScript Hub proxy generation has been disabled.";

    private final List<HubDescriptor> hubs;
    private final JsonBinding binding;
    private final boolean enabled;
    private final ProxyScript script;
    // made when they are asked for: only developers do
    private final AtomicReference<byte[]> typings = new AtomicReference<>();

    /** @param enabled false: nothing is told of the hubs, and whoever loads the script learns why */
    ProxyFiles(List<HubDescriptor> hubs, JsonBinding binding, boolean enabled) {
        this.hubs = hubs;
        this.binding = binding;
        this.enabled = enabled;
        this.script = ProxyScript.of(enabled ? hubs : List.of());
    }

    /** Answers a request for one of the files; says whether it was one. */
    boolean answer(HostExchange exchange) {
        String path = withoutSlashes(exchange.request().path());
        Optional<String> connection = before(SCRIPTS, path);
        if (connection.isPresent()) {
            exchange.respond(200, SCRIPT_TYPE, script(connection.get()));
            return true;
        }
        boolean asksForTypings = before(TYPINGS, path).isPresent();
        if (asksForTypings) {
            exchange.respond(200, TYPINGS_TYPE, typings());
        }
        return asksForTypings;
    }

    private byte[] script(String connection) {
        return enabled ? script.text(connection) : utf8("throw new Error('" + DISABLED + "');");
    }

    private byte[] typings() {
        byte[] known = typings.get();
        if (known != null) {
            return known;
        }
        byte[] made = utf8(enabled ? ProxyTypings.of(hubs, binding) : "// " + DISABLED + "\n");
        typings.set(made); // two that are made at once are equal
        return made;
    }

    /** The path of the connection that the script will open: what is in front of the suffix, in whatever case that is (protocol §1.2). */
    private static Optional<String> before(List<String> suffixes, String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return suffixes.stream()
                .filter(lower::endsWith)
                .map(suffix -> path.substring(0, path.length() - suffix.length()))
                .findFirst();
    }

    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
