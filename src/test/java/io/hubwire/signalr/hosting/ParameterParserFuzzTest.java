package io.hubwire.signalr.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.Percent;
import io.hubwire.kit.fuzz.Inputs;
import io.hubwire.kit.fuzz.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(Seeded.class)
class ParameterParserFuzzTest {
    private static final ParameterParser PARSER = new ParameterParser(20, 400);

    @Property
    void anyQuery_isReadOrRefused(@ForAll("queries") String query) {
        try {
            Parameters read = PARSER.query(query);
            assertThat(read.names()).hasSizeLessThanOrEqualTo(20).allSatisfy(name -> assertThat(read.get(name))
                    .isPresent());
        } catch (RequestRefusedException refused) {
            assertThat(refused.status()).isIn(400, 414);
            assertThat(query.length() > 400 || query.split("=", -1).length > 20).isTrue();
        }
    }

    @Property
    void anyBytes_areAFormOrRefused(@ForAll byte[] body) {
        try {
            assertThat(PARSER.form(body).names()).hasSizeLessThanOrEqualTo(20);
        } catch (RequestRefusedException refused) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    @Property
    void encodedPairs_comeBackAsTheyWere(@ForAll("pairs") Map<String, String> pairs) throws RequestRefusedException {
        String encoded = pairs.entrySet().stream()
                .map(pair -> Percent.encode(pair.getKey()) + "=" + Percent.encode(pair.getValue()))
                .collect(Collectors.joining("&"));

        Parameters query = ParameterParser.DEFAULT.query(encoded);
        Parameters form = ParameterParser.DEFAULT.form(encoded.getBytes(StandardCharsets.UTF_8));

        pairs.forEach((name, value) -> {
            assertThat(query.get(name)).contains(value);
            assertThat(form.get(name.toUpperCase(java.util.Locale.ROOT).toLowerCase(java.util.Locale.ROOT)))
                    .contains(value);
        });
        assertThat(query.names()).hasSameSizeAs(pairs.keySet());
    }

    @Property
    void namesakes_areJoinedInTheirOrder(@ForAll("values") List<String> values) throws RequestRefusedException {
        String encoded =
                values.stream().map(value -> "Name=" + Percent.encode(value)).collect(Collectors.joining(";"));

        assertThat(ParameterParser.DEFAULT.query(encoded).get("nAME"))
                .isEqualTo(
                        values.isEmpty()
                                ? java.util.Optional.empty()
                                : java.util.Optional.of(String.join(",", values)));
    }

    @Property
    void anyPath_isDecodedOnce(@ForAll("texts") String text) {
        String decoded = RequestPath.decode("/" + Percent.encode(text));

        assertThat(decoded).isEqualTo("/" + text);
    }

    @Property
    void anyRawPath_isDecoded(@ForAll("queries") String raw) {
        assertThat(RequestPath.decode(raw)).hasSizeLessThanOrEqualTo(raw.length());
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> valid = pairs().map(pairs -> pairs.entrySet().stream()
                .map(pair -> Percent.encode(pair.getKey()) + "=" + Percent.encode(pair.getValue()))
                .collect(Collectors.joining("&")));
        return Arbitraries.oneOf(Inputs.texts(), valid, Inputs.spoilt(valid));
    }

    @Provide
    Arbitrary<Map<String, String>> pairs() {
        return Arbitraries.maps(Inputs.names(), Inputs.encodableTexts()).ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<String>> values() {
        return Inputs.encodableTexts().list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> texts() {
        return Inputs.encodableTexts();
    }
}
