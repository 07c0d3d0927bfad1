package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hub.MethodDescriptor.Parameter;
import io.hubwire.signalr.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The generated script that gives browsers {@code $.connection.<hub>.server} and {@code .client} (protocol §13). Made once; only the base URL is put in for
 * each request.
 */
final class ProxyScript {
    private static final String CONTENT_TYPE = "application/javascript; charset=UTF-8";
    private static final List<String> SUFFIXES = List.of("/hubs", "/js");
    private static final String DISABLED =
            "throw new Error('SignalR: JavaScript Hub proxy generation has been disabled.');";

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

    private static final Pattern PLAIN_IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    /** What strict code may not name a parameter, and what would hide something that the script uses. */
    private static final Set<String> RESERVED = Set.of(
            ("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if"
                            + " implements import in instanceof interface let new null package private protected public return static super switch this throw"
                            + " true try typeof var void while with yield call")
                    .split(" "));

    private final byte[] beforeUrl;
    private final Optional<byte[]> afterUrl;

    private ProxyScript(String beforeUrl, Optional<String> afterUrl) {
        this.beforeUrl = utf8(beforeUrl);
        this.afterUrl = afterUrl.map(ProxyScript::utf8);
    }

    /** @param hubs listed in the order of their names */
    static ProxyScript of(List<HubDescriptor> hubs) {
        StringBuilder script = new StringBuilder(HEAD);
        hubs.stream().sorted(Comparator.comparing(ProxyScript::proxyName)).forEach(hub -> appendHub(script, hub));
        return new ProxyScript(script.append(TAIL_BEFORE_URL).toString(), Optional.of(TAIL_AFTER_URL));
    }

    /** A script that throws: it says why when a page loads it. */
    static ProxyScript disabled() {
        return new ProxyScript(DISABLED, Optional.empty());
    }

    /** Answers a request for the script; says whether it was one. */
    boolean answer(HostExchange exchange) {
        Optional<String> baseUrl = baseUrl(exchange.request().path());
        baseUrl.ifPresent(url -> exchange.respond(200, CONTENT_TYPE, text(url)));
        return baseUrl.isPresent();
    }

    /** The path of the connection that the script will open, when the path is the script's (protocol §1.2): slashes at the end do not count. */
    private static Optional<String> baseUrl(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        String trimmed = path.substring(0, end);
        String lower = trimmed.toLowerCase(Locale.ROOT);
        return SUFFIXES.stream()
                .filter(lower::endsWith)
                .map(suffix -> trimmed.substring(0, trimmed.length() - suffix.length()))
                .findFirst();
    }

    private byte[] text(String baseUrl) {
        if (afterUrl.isEmpty()) {
            return beforeUrl;
        }
        byte[] url = utf8(literal(baseUrl));
        byte[] after = afterUrl.get();
        byte[] text = new byte[beforeUrl.length + url.length + after.length];
        System.arraycopy(beforeUrl, 0, text, 0, beforeUrl.length);
        System.arraycopy(url, 0, text, beforeUrl.length, url.length);
        System.arraycopy(after, 0, text, beforeUrl.length + url.length, after.length);
        return text;
    }

    private static void appendHub(StringBuilder script, HubDescriptor hub) {
        String name = literal(proxyName(hub));
        List<String> functions = new ArrayList<>();
        for (MethodDescriptor method : shortestOverloads(hub)) {
            functions.add(function(method));
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
            byFunction.putIfAbsent(functionName(method), method);
        }
        return byFunction.values();
    }

    private static String function(MethodDescriptor method) {
        return "                " + literal(functionName(method)) + ": function (" + parameterList(method.parameters())
                + ") { return call(" + literal(method.name()) + ", arguments); }";
    }

    /** The names only tell the reader of the script what to pass; if one of them would not do in a script, all are numbered. */
    private static String parameterList(List<Parameter> parameters) {
        boolean usable = parameters.stream().map(Parameter::name).allMatch(ProxyScript::isUsable);
        return IntStream.range(0, parameters.size())
                .mapToObj(i -> usable ? parameters.get(i).name() : "arg" + i)
                .collect(Collectors.joining(", "));
    }

    private static boolean isUsable(String parameter) {
        return PLAIN_IDENTIFIER.matcher(parameter).matches() && !RESERVED.contains(parameter);
    }

    private static String proxyName(HubDescriptor hub) {
        return hub.isRenamed() ? hub.name() : camelCase(hub.name());
    }

    private static String functionName(MethodDescriptor method) {
        return method.isRenamed() ? method.name() : camelCase(method.name());
    }

    private static String camelCase(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** A string literal that is safe in a script, wherever the script is put. */
    private static String literal(String text) {
        return Json.escapeHtml(Json.quote(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
