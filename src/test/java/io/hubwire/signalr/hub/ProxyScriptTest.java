package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script is looked at by running it: Node comes with npm, which the build needs anyway. */
class ProxyScriptTest {

    @HubName("demo")
    public static class DemoHub extends Hub {
        public int overload(int number, int other) {
            return number + other;
        }

        public int overload(int number) {
            return number;
        }

        @HubMethodName("ShoutLoudly")
        public void shout(String text) {}

        public void Capital(String text, int eval) {}
    }

    public static class ChatHub extends Hub {
        public void send(String name, String message) {}
    }

    @HubName("<evil>\"'\u2028")
    public static class OddHub extends Hub {}

    private final HubKit kit = HubKit.of(DemoHub.class, ChatHub.class, OddHub.class);

    private static FakeExchange get(HubKit kit, String path) {
        FakeExchange exchange = new FakeExchange(FakeRequest.of(path));
        assertThat(kit.endpoint().answer(exchange)).isEqualTo(exchange.body() != null);
        return exchange;
    }

    /* --- where it is --- */

    @ParameterizedTest
    @CsvSource({
        "/signalr/hubs, /signalr",
        "/signalr/js, /signalr",
        "/signalr/hubs/, /signalr",
        "/signalr/js//, /signalr",
        "/SignalR/HUBS, /SignalR",
        "/app/signalr/hubs, /app/signalr",
        "/signalr/js/hubs, /signalr/js",
        "/hubs, ''"
    })
    void V99_V101_answer_atThePathOfTheScript_namesTheConnectionsUrl(String path, String url) {
        FakeExchange answer = get(kit, path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/javascript; charset=UTF-8");
        assertThat(answer.body()).contains("$.hubConnection(\"" + url + "\", { useDefaultPath: false })");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/signalr", "/signalr/", "/signalr/js/negotiate", "/signalr/hubs/connect", "/signalr/myjs", ""})
    void answer_atAnotherPath_isLeftToOthers(String path) {
        assertThat(get(kit, path).body()).isNull();
    }

    @Test
    void V101_answer_atAPathWithOddCharacters_escapesThem() {
        assertThat(get(kit, "/a\"b</script>\u2028\\/hubs").body())
                .contains("$.hubConnection(\"/a\\\"b\\u003c/script\\u003e\\u2028\\\\\", {")
                .doesNotContain("</script>");
    }

    /* --- what it does --- */

    private static final String PAGE = """
            var handlers = { starting: [], disconnected: [] }, log = [];
            function jQuery() {}
            jQuery.extend = function (target, source) { Object.keys(source).forEach(function (k) { target[k] = source[k]; }); };
            jQuery.signalR = function () {};
            jQuery.hubConnection = function (url, options) { return new Connection(url, options); };
            function Connection(url, options) { this.url = url; this.options = options; this.proxies = []; }
            jQuery.hubConnection.prototype = Connection.prototype;
            Connection.prototype.starting = function (f) { log.push("starting with " + this.proxies.length); handlers.starting.push(f); };
            Connection.prototype.disconnected = function (f) { log.push("disconnected with " + this.proxies.length); handlers.disconnected.push(f); };
            Connection.prototype._registerSubscribedHubs = function () { log.push("registered on " + this.url); };
            Connection.prototype.createHubProxy = function (name) {
                this.proxies.push(name);
                return {
                    hubName: name.toLowerCase(),
                    invoke: function () { log.push(name + ".invoke(" + JSON.stringify([].slice.call(arguments)) + ")"); return "promise"; },
                    on: function (member, wrapper, identity) { this[member] = wrapper; log.push(name + ".on " + member + " " + (identity === this.client[member])); },
                    off: function (member, wrapper, identity) { log.push(name + ".off " + member + " " + (identity === this.client[member])); }
                };
            };
            globalThis.window = { jQuery: jQuery };
            """;

    private static String run(Path directory, String script) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("script.js"), script);
        Process node = new ProcessBuilder("node", file.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(node.waitFor(30, TimeUnit.SECONDS)).as("node is done").isTrue();
            return output.strip();
        } finally {
            node.destroyForcibly();
        }
    }

    @Test
    void V99_script_onAPage_makesAProxyForEachHub(@TempDir Path directory) throws Exception {
        String used = """
                var $ = window.jQuery, c = $.signalR;
                log.push(c.hub.url, JSON.stringify(c.hub.options), c.hub.proxies.join());
                log.push(Object.keys(c.demo.server).join(), Object.keys(c.chatHub.server).join());
                log.push([c.demo.server.overload.length, c.demo.server.ShoutLoudly.length, c.demo.server.capital.length].join());
                log.push(c.demo.server.overload(1, 2, 3), c.demo.server.capital(null));
                console.log(log.join("\\n"));
                """;

        assertThat(run(directory, PAGE + get(kit, "/app/signalr/hubs").body() + used)
                        .lines())
                .containsExactly(
                        "starting with 0",
                        "disconnected with 0",
                        "/app/signalr",
                        "{\"useDefaultPath\":false}",
                        "<evil>\"'\u2028,chatHub,demo",
                        "ShoutLoudly,capital,overload",
                        "send",
                        "1,1,2",
                        "demo.invoke([\"overload\",1,2,3])",
                        "demo.invoke([\"Capital\",null])",
                        "promise",
                        "promise");
    }

    @Test
    void V99_script_whenTheConnectionStartsAndEnds_registersThePagesFunctionsByIdentity(@TempDir Path directory)
            throws Exception {
        String used = """
                var hub = window.jQuery.signalR.hub, chat = window.jQuery.signalR.chatHub;
                log = [];
                chat.client.addMessage = function (name, text) { log.push(name + ": " + text + " " + (this === chat)); };
                chat.client.notAFunction = 5;
                handlers.starting.forEach(function (f) { f.call(hub); });
                chat.addMessage("alice", "hi");
                handlers.disconnected.forEach(function (f) { f.call(hub); });
                console.log(log.join("\\n"));
                """;

        assertThat(run(directory, PAGE + get(kit, "/signalr/js").body() + used).lines())
                .containsExactly(
                        "chatHub.on addMessage true",
                        "registered on /signalr",
                        "alice: hi true",
                        "chatHub.off addMessage true");
    }

    @Test
    void V99_script_withoutTheClientLibrary_saysWhatIsMissing(@TempDir Path directory) throws Exception {
        String script = get(kit, "/signalr/hubs").body();

        assertThat(run(directory, "globalThis.window = { jQuery: function () {} };\n" + script))
                .contains("Error: SignalR: jquery.signalR is not loaded.");
    }

    @Test
    void V100_script_whenProxiesAreDisabled_throws(@TempDir Path directory) throws Exception {
        HubKit disabled = HubKit.with(new HubConfiguration(false, false, false), DemoHub.class);
        FakeExchange answer = get(disabled, "/signalr/hubs");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/javascript; charset=UTF-8");
        assertThat(answer.body())
                .isEqualTo("throw new Error('SignalR: JavaScript Hub proxy generation has been disabled.');");
        assertThat(run(directory, answer.body())).contains("proxy generation has been disabled.");
    }

    @Test
    void script_withoutHubs_runs(@TempDir Path directory) throws Exception {
        String script = get(HubKit.of(), "/signalr/hubs").body();

        assertThat(run(directory, PAGE + script + "console.log(window.jQuery.signalR.hub.proxies.length);"))
                .isEqualTo("0");
    }
}
