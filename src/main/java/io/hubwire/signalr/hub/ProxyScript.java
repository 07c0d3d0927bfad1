package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.JsonBinding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The generated script that gives browsers {@code $.connection.<hub>.server} and {@code .client} (protocol §13). Made once; only the base URL is put in for
 * each request.
 */
final class ProxyScript {
    private static final String HEAD = """
            /*!
             * Proxies for the hubs of this server. Load jQuery and jquery.signalR before this script.
             */
            (function ($) {
                "use strict";

                if (typeof $ !== "function" || typeof $.signalR !== "function") {
                    throw new Error("SignalR: jquery.signalR is not loaded. Load it before the hubs script.");
                }

                // Registers (on) or takes back (off) what the page has put on each proxy's client. The page's own function is
                // passed as identity, for the wrapper is a new one each time.
                function wire(proxies, verb) {
                    Object.keys(proxies).forEach(function (name) {
                        var proxy = proxies[name];
                        if (!proxy.hubName) {
                            return;
                        }
                        Object.keys(proxy.client).forEach(function (member) {
                            var handler = proxy.client[member];
                            if (typeof handler === "function") {
                                proxy[verb](member, function () { handler.apply(proxy, arguments); }, handler);
                            }
                        });
                    });
                }

                function invoker(proxy) {
                    return function (method, args) {
                        return proxy.invoke.apply(proxy, [method].concat(Array.prototype.slice.call(args)));
                    };
                }

                $.hubConnection.prototype.createHubProxies = function () {
                    var connection = this, proxies = {}, proxy;

                    // Before any proxy is created: a proxy's own handler of this event lists the hubs that have handlers.
                    connection.starting(function () {
                        wire(proxies, "on");
                        this._registerSubscribedHubs();
                    });
                    connection.disconnected(function () {
                        wire(proxies, "off");
                    });

            """;

    private static final String TAIL_BEFORE_URL = """
                    return proxies;
                };

                $.signalR.hub = $.hubConnection(""";

    private static final String TAIL_AFTER_URL = """
            , { useDefaultPath: false });
                $.extend($.signalR, $.signalR.hub.createHubProxies());
            }(window.jQuery));
            """;

    private final byte[] beforeUrl;
    private final byte[] afterUrl = utf8(TAIL_AFTER_URL);

    private ProxyScript(String beforeUrl) {
        this.beforeUrl = utf8(beforeUrl);
    }

    /** The script as it is served. */
    static ProxyScript of(List<HubDescriptor> hubs) {
        return of(hubs, Optional.empty());
    }

    /** The script with a comment before each function; it does the same. */
    static ProxyScript documented(List<HubDescriptor> hubs, JsonBinding binding) {
        return of(hubs, Optional.of(new ProxyDocumentation(binding)));
    }

    private static ProxyScript of(List<HubDescriptor> hubs, Optional<ProxyDocumentation> documentation) {
        StringBuilder script = new StringBuilder(HEAD);
        hubs.stream()
                .sorted(Comparator.comparing(ProxyNames::ofProxy))
                .forEach(hub -> appendHub(script, hub, documentation));
        return new ProxyScript(script.append(TAIL_BEFORE_URL).toString());
    }

    /** The whole file, in UTF-8. */
    byte[] text(String baseUrl) {
        byte[] url = utf8(ProxyNames.literal(baseUrl));
        byte[] text = new byte[beforeUrl.length + url.length + afterUrl.length];
        System.arraycopy(beforeUrl, 0, text, 0, beforeUrl.length);
        System.arraycopy(url, 0, text, beforeUrl.length, url.length);
        System.arraycopy(afterUrl, 0, text, beforeUrl.length + url.length, afterUrl.length);
        return text;
    }

    private static void appendHub(StringBuilder script, HubDescriptor hub, Optional<ProxyDocumentation> documentation) {
        String name = ProxyNames.literal(ProxyNames.ofProxy(hub));
        List<String> functions = new ArrayList<>();
        for (MethodDescriptor method : shortestOverloads(hub)) {
            functions.add(
                    documentation.map(comments -> comments.of(hub, method)).orElse("") + function(method));
        }
        script.append("        proxy = proxies[")
                .append(name)
                .append("] = connection.createHubProxy(")
                .append(name)
                .append(
                        ");\n        proxy.client = {};\n        proxy.server = (function (call) {\n            return {")
                .append(functions.isEmpty() ? "" : "\n" + String.join(",\n", functions) + "\n            ")
                .append("};\n        }(invoker(proxy)));\n\n");
    }

    /** Of overloads, the one with the fewest parameters names them; the function passes on whatever it is given. */
    private static Iterable<MethodDescriptor> shortestOverloads(HubDescriptor hub) {
        Map<String, MethodDescriptor> byFunction = new TreeMap<>();
        for (MethodDescriptor method : hub.methods()) {
            byFunction.putIfAbsent(ProxyNames.ofFunction(method), method);
        }
        return byFunction.values();
    }

    private static String function(MethodDescriptor method) {
        return "                " + ProxyNames.literal(ProxyNames.ofFunction(method)) + ": function ("
                + String.join(", ", ProxyNames.ofParameters(method.parameters())) + ") { return call("
                + ProxyNames.literal(method.name()) + ", arguments); }";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
