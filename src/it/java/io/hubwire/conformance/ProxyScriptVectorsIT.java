package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.Chromium;
import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubName;
import io.hubwire.signalr.hub.HubRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** The script for hubs and its typings (protocol §13), below a context path: as text, in Chromium with the released client, and compiled. */
class ProxyScriptVectorsIT {
    private static final Path PACKAGES = Path.of("src", "it", "npm", "node_modules");
    private static final Path SOURCES = Path.of("src", "it", "typescript");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static SignalRServer signalR;
    private static EmbeddedTomcat tomcat;

    /** Its name has a capital letter. */
    @HubName("Verbatim")
    public static class VerbatimHub extends Hub {
        public void call() {}
    }

    @BeforeAll
    static void start() {
        SignalRConfig config = SignalRConfig.builder()
                .name("proxies")
                .hubs("/signalr", HubConfiguration.defaults())
                .hubs("/quiet", new HubConfiguration(false, false, false))
                .build();
        signalR =
                SignalRServer.start(config, HubRegistry.of(List.of(DemoHub.class, OrderHub.class, VerbatimHub.class)));
        tomcat = EmbeddedTomcat.start("/app", Set.of(), context -> SignalR.serve(context, signalR));
    }

    @AfterAll
    static void stop() {
        signalR.close();
        tomcat.close();
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + tomcat.port() + "/app" + path);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(address(path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static void requireScript(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).matches("(?i)application/javascript; ?charset=utf-8"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    /* --- as text --- */

    @ParameterizedTest
    @ValueSource(strings = {"/signalr/js", "/signalr/hubs", "/signalr/hubs/", "/SIGNALR/Hubs"})
    void V99_V101_script_isServed_withTheConnectionsUrlAndTheHubsNames(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        requireScript(answer);
        assertThat(answer.body())
                .containsIgnoringCase("$.hubConnection(\"/app/signalr\", { useDefaultPath: false })")
                .contains("createHubProxy(\"demo\")", "createHubProxy(\"orderHub\")", "createHubProxy(\"Verbatim\")");
    }

    @Test
    void V101_script_atAPathThatHasToBeEscaped_escapesIt() throws Exception {
        HttpResponse<String> answer = get("/signalr/a%22b%3Cc/hubs");

        requireScript(answer);
        assertThat(answer.body()).contains("$.hubConnection(\"/app/signalr/a\\\"b\\u003cc\", {");
    }

    private static final String DISABLED = "SignalR: JavaScript Hub proxy generation has been disabled.";

    @ParameterizedTest
    @ValueSource(strings = {"/quiet/js", "/quiet/hubs", "/quiet/hubs/"})
    void V100_script_whereProxiesAreDisabled_isOneThatThrows(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        requireScript(answer);
        assertThat(answer.body())
                .contains("throw new Error('" + DISABLED + "')")
                .doesNotContain("demo", "orderHub");
    }

    /* --- in a browser --- */

    /** Loads the released client into the page that is shown, and then the scripts, and calls back with what came of it. */
    private static final String STORY = """
            var done = arguments[arguments.length - 1], story = { errors: [] };
            window.onerror = function (message) { story.errors.push(String(message)); };
            function load(source, then) {
                var script = document.createElement("script");
                script.src = source;
                script.onload = then;
                script.onerror = function () { done({ errors: ["not loaded: " + source] }); };
                document.documentElement.appendChild(script);
            }
            load("/app/quiet/hubs", function () {
                load("/app/signalr/hubs", function () {
                    var $ = window.jQuery, demo = $.connection.demo;
                    story.url = $.connection.hub.url;
                    story.hubs = Object.keys($.connection.hub.proxies).sort().join();
                    story.members = ["Overload", "echoReturn"].map(function (name) { return typeof demo.server[name]; }).join();
                    story.same = $.signalR.demo === demo && demo.hubName === "demo";
                    var signalled = $.Deferred();
                    demo.client.signal = function (text) { story.signal = text; story.self = this === demo; signalled.resolve(); };
                    $.connection.hub.start().then(function () {
                        return demo.server.Overload(7);
                    }).then(function (number) {
                        story.overload = number;
                        return demo.server.Overload();
                    }).then(function (nothing) {
                        story.nothing = nothing === undefined || nothing === null;
                        return demo.server.send("caller", [], [], "hello");
                    }).then(function () {
                        return signalled; // A message may come after the answer of the call that sent it (protocol §7.5).
                    }).then(function () {
                        $.connection.hub.stop();
                        done(story);
                    }, function (error) { done({ errors: [String(error)] }); });
                });
            });
            """;

    @Test
    @Tag("browser")
    void V99_V100_V101_scripts_inAPageWithTheReleasedClient_workOrSayWhyNot() throws Exception {
        ChromeDriver browser = Chromium.open(Map.of());
        try {
            browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
            browser.get(address("/page").toString());
            browser.executeScript(Files.readString(PACKAGES.resolve("jquery-3.7/dist/jquery.min.js")));
            browser.executeScript(Files.readString(PACKAGES.resolve("signalr-2.4.3/jquery.signalR.min.js")));

            @SuppressWarnings("unchecked") // An object of the script is a map of the driver.
            Map<String, Object> story = (Map<String, Object>) browser.executeAsyncScript(STORY);

            assertThat((List<?>) story.get("errors"))
                    .as("of the disabled script, and no other")
                    .singleElement()
                    .asString()
                    .contains(DISABLED);
            assertThat(story)
                    .containsEntry("url", "/app/signalr")
                    .containsEntry("hubs", "demo,orderhub,verbatim")
                    .containsEntry("members", "function,function")
                    .containsEntry("same", true)
                    .containsEntry("overload", 7L)
                    .containsEntry("nothing", true)
                    .containsEntry("signal", "hello")
                    .containsEntry("self", true);
        } finally {
            browser.quit();
        }
    }

    /* --- typings --- */

    @Test
    void typings_whereProxiesAreDisabled_tellNothing() throws Exception {
        HttpResponse<String> answer = get("/quiet/hubs.d.ts");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("// " + DISABLED + "\n");
    }

    @Test
    void typings_areServedBesideTheScript_andAPageThatKeepsToThemCompiles(@TempDir Path directory) throws Exception {
        HttpResponse<String> answer = get("/signalr/hubs.d.ts");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).matches("(?i)application/typescript; ?charset=utf-8"));
        assertThat(compile(answer.body(), "page.ts", directory)).isEmpty();
    }

    @Test
    void typings_ofAPageWithMistakes_refuseEachOfThem(@TempDir Path directory) throws Exception {
        List<String> lines = Files.readAllLines(SOURCES.resolve("mistakes.ts"));
        Set<Integer> wrong = IntStream.rangeClosed(1, lines.size())
                .filter(line -> lines.get(line - 1).endsWith("// wrong"))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));

        List<String> errors = compile(get("/signalr/hubs.d.ts").body(), "mistakes.ts", directory);

        Set<Integer> refused =
                errors.stream().map(ProxyScriptVectorsIT::lineOf).collect(Collectors.toCollection(TreeSet::new));
        assertThat(refused).as(String.join("\n", errors)).isEqualTo(wrong).hasSizeGreaterThan(10);
    }

    private static int lineOf(String error) {
        var place = Pattern.compile("mistakes\\.ts\\((\\d+),").matcher(error);
        return place.find() ? Integer.parseInt(place.group(1)) : 0;
    }

    /** What the compiler has against a source, a line each. */
    private static List<String> compile(String typings, String source, Path directory) throws Exception {
        Path declarations = Files.writeString(directory.resolve("hubs.d.ts"), typings);
        List<String> command = new ArrayList<>(List.of(
                "node",
                PACKAGES.resolve("typescript/bin/tsc").toString(),
                "--noEmit",
                "--strict",
                "--pretty",
                "false"));
        command.addAll(List.of("--target", "es2020", "--lib", "es2020,dom", "--types", "signalr"));
        command.addAll(List.of(
                "--typeRoots", PACKAGES.resolve("@types").toAbsolutePath().toString()));
        command.addAll(List.of(declarations.toString(), SOURCES.resolve(source).toString()));
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(compiler.waitFor(120, TimeUnit.SECONDS))
                    .as("the compiler is done")
                    .isTrue();
            List<String> errors =
                    output.lines().filter(line -> line.contains("error TS")).toList();
            assertThat(compiler.exitValue() == 0).as(output).isEqualTo(errors.isEmpty());
            return errors;
        } finally {
            compiler.destroyForcibly();
        }
    }
}
