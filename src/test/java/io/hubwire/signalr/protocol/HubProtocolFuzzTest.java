package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.fuzz.Inputs;
import io.hubwire.kit.fuzz.Seeded;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(Seeded.class)
class HubProtocolFuzzTest {
    private static final String CLASS_NAME = "(?s).*\\b(java|jakarta|io\\.hubwire|org)\\.[a-z]+\\.[A-Z].*";

    // --- connectionData ---

    @Property
    void anyConnectionData_isReadOrRefused(@ForAll("connectionData") String text) {
        try {
            List<String> names = ConnectionData.parse(text);
            Set<String> seen = new HashSet<>();
            assertThat(names).allSatisfy(name -> assertThat(name).isNotEmpty().doesNotContain("."));
            assertThat(names)
                    .allMatch(name -> seen.add(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)));
        } catch (ConnectionDataException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotMatch(CLASS_NAME);
        }
    }

    @Property
    void listedHubs_comeBackAsTheyWere(@ForAll("hubNames") Set<String> names) {
        assertThat(ConnectionData.parse(connectionDataOf(names))).containsExactlyElementsOf(names);
    }

    private static String connectionDataOf(Set<String> names) {
        return names.stream()
                .map(name -> "{\"x\":[1,{}],\"nAmE\": " + Json.quote(name) + "}")
                .collect(Collectors.joining(" , ", "[", "]"));
    }

    // --- hub calls ---

    @Property
    void anyCall_isReadOrRefused(@ForAll("calls") String text) {
        try {
            HubRequest call = HubRequest.parse(text);
            assertThat(call.args()).hasSizeLessThanOrEqualTo(HubRequest.MAX_ARGUMENTS);
            assertThat(call.args())
                    .allSatisfy(arg -> assertThat(RawJson.parse(arg.text())).isEqualTo(arg));
        } catch (HubRequestException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotMatch(CLASS_NAME);
        }
    }

    @Property
    void writtenCall_comesBackAsItWas(@ForAll("hubRequests") HubRequest call) {
        assertThat(HubRequest.parse(textOf(call))).isEqualTo(call);
    }

    private static String textOf(HubRequest call) {
        String args = call.args().stream().map(RawJson::text).collect(Collectors.joining(" ,"));
        return "{\"I\":" + Json.quote(call.id()) + ",\"A\" : [" + args + "],\"M\":" + Json.quote(call.method())
                + ",\"H\":" + Json.quote(call.hub()) + "}";
    }

    // --- JSON ---

    @Property
    void wellFormedJson_isTakenOver(@ForAll("json") String text) {
        RawJson value = RawJson.parse(" " + text + "\n");

        assertThat(RawJson.parse(value.text())).isEqualTo(value);
        assertThat(value.text()).hasSizeLessThanOrEqualTo(text.length());
        assertThat(value.length()).isEqualTo(text.length());
    }

    @Property
    void anyText_isJsonOrRefused(@ForAll("spoiltJson") String text) {
        try {
            RawJson value = RawJson.parse(text);
            assertThat(RawJson.parse(value.text())).isEqualTo(value);
        } catch (MalformedJsonException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotMatch(CLASS_NAME);
        }
    }

    @Property(tries = 200)
    void nesting_isReadUpToItsLimit_andRefusedBeyond(
            @ForAll @IntRange(min = 1, max = 5_000) int depth, @ForAll boolean objects) {
        String text = (objects ? "{\"a\":" : "[").repeat(depth - 1)
                + (objects ? "{}" : "[]")
                + (objects ? "}" : "]").repeat(depth - 1);
        if (depth <= JsonSlicer.MAX_NESTING) {
            assertThat(RawJson.parse(text).depth()).isEqualTo(depth);
        } else {
            org.assertj.core.api.Assertions.assertThatExceptionOfType(MalformedJsonException.class)
                    .isThrownBy(() -> RawJson.parse(text));
        }
    }

    @Property
    void quotedText_comesBackAsItWas(@ForAll("encodableTexts") String text) {
        assertThat(RawJson.parse(Json.quote(text)).scalarText()).isEqualTo(text);
    }

    @Property
    void escapedHtml_isTheSameJson_withoutTags(@ForAll("json") String text) {
        RawJson value = RawJson.parse(text);
        String escaped = Json.escapeHtml(value.text());

        assertThat(escaped).doesNotContain("<").doesNotContain(">");
        assertThat(RawJson.parse(escaped).depth()).isEqualTo(value.depth());
    }

    // --- callbacks ---

    @Property
    void anyCallback_isANameOrRefused(@ForAll("callbacks") String callback) {
        if (Jsonp.isValidCallback(callback)) {
            assertThat(callback)
                    .hasSizeLessThanOrEqualTo(Jsonp.MAX_CALLBACK_LENGTH)
                    .matches("(?U)[\\p{L}\\p{Nd}$_.]+")
                    .doesNotStartWith(".")
                    .doesNotEndWith(".");
            assertThat(Jsonp.wrap(callback, "{}")).isEqualTo(callback + "({});");
        } else {
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> Jsonp.wrap(callback, "{}"))
                    .withMessageNotContaining(callback.length() > 4 ? callback : "\u0000");
        }
    }

    // --- inputs ---

    @Provide
    Arbitrary<String> connectionData() {
        Arbitrary<String> valid = hubNames().map(HubProtocolFuzzTest::connectionDataOf);
        return Arbitraries.oneOf(valid, Inputs.spoilt(valid), Inputs.json(), Inputs.texts());
    }

    @Provide
    Arbitrary<Set<String>> hubNames() {
        return Inputs.names().set().ofMaxSize(6);
    }

    @Provide
    Arbitrary<HubRequest> hubRequests() {
        return Combinators.combine(
                        Inputs.encodableTexts(),
                        Inputs.encodableTexts(),
                        Inputs.json().map(RawJson::parse).list().ofMaxSize(4),
                        Inputs.encodableTexts().injectNull(0.1))
                .as((hub, method, args, id) -> new HubRequest(hub, method, args, id, null));
    }

    @Provide
    Arbitrary<String> calls() {
        Arbitrary<String> valid = hubRequests().map(HubProtocolFuzzTest::textOf);
        Arbitrary<String> odd = Combinators.combine(keyed("H"), keyed("M"), keyed("A"), keyed("I"), keyed("S"))
                .as((h, m, a, i, s) -> "{" + h + "," + m + "," + a + "," + i + "," + s + "}");
        return Arbitraries.oneOf(Inputs.spoilt(valid), odd, Inputs.spoilt(odd), Inputs.texts());
    }

    private static Arbitrary<String> keyed(String key) {
        return Inputs.json().map(value -> "\"" + key + "\":" + value);
    }

    @Provide
    Arbitrary<String> json() {
        return Inputs.json();
    }

    @Provide
    Arbitrary<String> spoiltJson() {
        return Arbitraries.oneOf(Inputs.spoilt(Inputs.json()), Inputs.texts());
    }

    @Provide
    Arbitrary<String> encodableTexts() {
        return Inputs.encodableTexts();
    }

    @Provide
    Arbitrary<String> callbacks() {
        Arbitrary<String> valid = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars("$_.é")
                .ofMinLength(1)
                .ofMaxLength(30);
        return Arbitraries.oneOf(
                valid,
                Inputs.spoilt(valid),
                Inputs.texts(),
                Arbitraries.of("eval", "a.b", "a..b", "jQuery112", "alert(1)//", "a".repeat(512), "a".repeat(513)));
    }
}
