package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HubProxyGeneratorTest {
    private static final String HUB = "io.hubwire.signalr.hub.HubProxyGeneratorTest$Offline";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    public static class Offline extends Hub {
        public List<Integer> lengths(String first, List<String> others) {
            return Stream.concat(Stream.of(first), others.stream())
                    .map(String::length)
                    .toList();
        }
    }

    @Test
    void script_withoutComments_isTheOneThatAServerHas() throws IOException {
        assertThat(run("--no-comments", "--url", "/app/signalr", "--out", at("hubs.js"), HUB))
                .isZero();

        assertThat(written("hubs.js"))
                .isEqualTo(new String(
                        ProxyScript.of(HubRegistry.of(List.of(Offline.class)).hubs())
                                .text("/app/signalr"),
                        StandardCharsets.UTF_8));
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("hubs.js: 1 hub");
    }

    @Test
    void script_tellsTypesInComments() throws IOException {
        assertThat(run("--out", at("hubs.js"), HUB)).isZero();

        assertThat(written("hubs.js"))
                .contains("@param {string} first - String")
                .contains("@param {Array<string>} others - List<String>")
                .contains("@returns {JQueryPromise<Array<number>>} List<Integer>");
    }

    @Test
    void typings_areWrittenBeside() throws IOException {
        assertThat(run("--out", at("deep/hubs.js"), "--typings", at("deep/hubs.d.ts"), HUB))
                .isZero();

        assertThat(written("deep/hubs.d.ts")).contains("lengths(").contains("string[]");
    }

    @Test
    void directory_givesTheHubsInIt() throws IOException {
        Path classes = folder.resolve("classes");
        Path inside = classes.resolve("io/hubwire/signalr/hub");
        Files.createDirectories(inside);
        Files.createFile(inside.resolve("HubProxyGeneratorTest$Offline.class"));
        Files.createFile(inside.resolve("HubProxyGeneratorTest.class"));
        Files.createFile(inside.resolve("Gone.class"));

        assertThat(run("--out", at("hubs.js"), classes.toString())).isZero();

        assertThat(written("hubs.js")).contains("\"offline\"");
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("Passed over io.hubwire.signalr.hub.Gone");
    }

    static Stream<List<String>> mistakes() {
        return Stream.of(
                List.of("--colour", HUB),
                List.of(HUB, "--url"),
                List.of("com.example.NoSuchHub"),
                List.of("java.lang.String"),
                List.of());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakes_areToldWithTheUsage_andNothingIsWritten(List<String> arguments) throws IOException {
        String[] all = Stream.concat(Stream.of("--out", at("hubs.js")), arguments.stream())
                .toArray(String[]::new);

        assertThat(run(all)).isEqualTo(2);

        assertThat(folder.resolve("hubs.js")).doesNotExist();
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("Usage: HubProxyGenerator");
    }

    private int run(String... arguments) throws IOException {
        return HubProxyGenerator.run(List.of(arguments), stream(output), stream(errors));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String at(String file) {
        return folder.resolve(file).toString();
    }

    private String written(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
