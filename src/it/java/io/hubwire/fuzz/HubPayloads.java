package io.hubwire.fuzz;

import io.hubwire.kit.fuzz.Inputs;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What a client may send as a hub call: calls with any arguments, calls that are spoilt, and no calls at all. */
final class HubPayloads {
    private HubPayloads() {}

    static Arbitrary<String> any() {
        return Arbitraries.oneOf(calls(), Inputs.spoilt(calls()), Inputs.json(), Inputs.texts());
    }

    private static Arbitrary<String> calls() {
        Arbitrary<String> hubs = Arbitraries.of("echohub", "EchoHub", "typedhub", "nosuchhub");
        Arbitrary<String> methods = Arbitraries.of(
                "Echo",
                "echoAny",
                "echoObject",
                "Add",
                "not",
                "echoDate",
                "asyncEcho",
                "doubles",
                "noSuchMethod",
                "toString",
                "onConnected");
        Arbitrary<String> ids = Arbitraries.oneOf(Arbitraries.of("0", "\"7\"", "null", "1.5"), Inputs.json());
        Arbitrary<String> states = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.just("")),
                net.jqwik.api.Tuple.of(1, Inputs.json().map(json -> ",\"S\":" + json)));
        return Combinators.combine(hubs, methods, Inputs.json().list().ofMaxSize(3), ids, states)
                .as((hub, method, args, id, state) -> "{\"H\":\"" + hub + "\",\"M\":\"" + method + "\",\"A\":["
                        + String.join(",", args) + "],\"I\":" + id + state + "}");
    }
}
