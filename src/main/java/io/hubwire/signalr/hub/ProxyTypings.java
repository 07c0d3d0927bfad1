package io.hubwire.signalr.hub;

import io.hubwire.signalr.hub.ClientContract.ClientMethod;
import io.hubwire.signalr.hub.MethodDescriptor.Parameter;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.JsonShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * TypeScript declarations of what the {@link ProxyScript} defines, on top of those of the client library ({@code @types/signalr}): hubs and functions by the
 * script's names, parameters and results as the binding writes them, and of hubs that call their clients through an interface what pages may offer them.
 */
final class ProxyTypings {
    private static final String HEAD = """
            // Typings of the proxies for the hubs of this server. They need @types/signalr, which needs @types/jquery.
            /// <reference types="signalr" />

            interface SignalR extends HubProxies.All {}

            declare namespace SignalR.Hub {
                interface Connection {
                    /** Makes the proxies of all hubs, which then call over this connection. */
                    createHubProxies(): HubProxies.All;
                }
            }

            declare namespace HubProxies {
            """;

    private static final String MEMBER = "        ";

    private final TypeScriptTypes script = new TypeScriptTypes();
    private final ProxyTypes types;
    private final StringBuilder text = new StringBuilder(HEAD);

    private ProxyTypings(JsonBinding binding) {
        this.types = new ProxyTypes(binding);
    }

    /** The whole file. Depends on no mapping: the script's address is not in it. */
    static String of(List<HubDescriptor> hubs, JsonBinding binding) {
        return new ProxyTypings(binding).write(hubs);
    }

    private String write(List<HubDescriptor> hubs) {
        List<HubDescriptor> sorted =
                hubs.stream().sorted(Comparator.comparing(ProxyNames::ofProxy)).toList();
        Map<HubDescriptor, String> names = new LinkedHashMap<>();
        sorted.forEach(hub -> names.put(hub, script.newName(hub.type().getSimpleName())));
        List<String> members = new ArrayList<>();
        names.forEach((hub, name) ->
                members.add(MEMBER + TypeScriptTypes.member(ProxyNames.ofProxy(hub)) + ": " + name + ";\n"));
        declare("The proxies by their names.", "All", members);
        names.forEach(this::appendHub);
        return text.append(script.declarations()).append("}\n").toString();
    }

    private void declare(String comment, String head, List<String> members) {
        text.append(text.length() == HEAD.length() ? "" : "\n")
                .append("    /** ")
                .append(comment)
                .append(" */\n    interface ")
                .append(head)
                .append(" {\n")
                .append(String.join("", members))
                .append("    }\n");
    }

    private void appendHub(HubDescriptor hub, String name) {
        String client = script.newName(name + "Client");
        String server = script.newName(name + "Server");
        declare(
                "The proxy of the hub " + hub.type().getSimpleName() + ".",
                name + " extends SignalR.Hub.Proxy",
                List.of(MEMBER + "client: " + client + ";\n", MEMBER + "server: " + server + ";\n"));
        declare("What the hub may call: assign it before the connection starts.", client, clientMembers(hub));
        declare("What can be called of the hub.", server, serverMembers(hub));
    }

    /* --- the page's functions --- */

    private List<String> clientMembers(HubDescriptor hub) {
        if (hub.clientType() == ClientProxy.class) {
            return List.of(MEMBER + "[method: string]: (...args: any[]) => void;\n");
        }
        Map<String, List<ClientMethod>> methods = ClientContract.of(hub.clientType()).methods().stream()
                .collect(Collectors.groupingBy(ClientMethod::name, LinkedHashMap::new, Collectors.toList()));
        return methods.entrySet().stream()
                .map(method -> MEMBER + TypeScriptTypes.member(method.getKey()) + "?: ("
                        + handlerParameters(method.getValue()) + ") => void;\n")
                .toList();
    }

    /** A handler of overloads gets the arguments of any. */
    private String handlerParameters(List<ClientMethod> overloads) {
        return overloads.size() == 1
                ? parameters(overloads.get(0).parameters())
                : overloads.stream()
                        .map(method -> "[" + parameters(method.parameters()) + "]")
                        .collect(Collectors.joining(" | ", "...args: ", ""));
    }

    /* --- the hub's methods --- */

    private List<String> serverMembers(HubDescriptor hub) {
        return ProxyTypes.callable(hub).stream()
                .sorted(Comparator.comparing(ProxyNames::ofFunction)
                        .thenComparing(method -> method.parameters().size()))
                .map(method -> MEMBER + TypeScriptTypes.member(ProxyNames.ofFunction(method)) + "("
                        + parameters(method.parameters()) + "): " + promise(hub, method) + ";\n")
                .toList();
    }

    private String parameters(List<Parameter> parameters) {
        List<String> names = ProxyNames.ofParameters(parameters);
        List<String> declared = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            declared.add(names.get(i) + ": "
                    + script.text(types.shape(parameters.get(i).type())));
        }
        return String.join(", ", declared);
    }

    private String promise(HubDescriptor hub, MethodDescriptor method) {
        String result = types.result(hub, method).map(script::text).orElse("void");
        return types.progress(hub, method)
                .map((JsonShape progress) -> "JQuery.Promise<" + result + ", any, " + script.text(progress) + ">")
                .orElse("JQueryPromise<" + result + ">");
    }
}
