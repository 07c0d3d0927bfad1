package io.hubwire.push.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.ApiClient.Answer;
import io.hubwire.push.kit.MultipartForm;
import io.hubwire.push.kit.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told of every kind of resource, and which pages of other sites they let in. */
class BrowserRulesTest {
    private static final String FRIEND = "https://friend.example";
    private static final int UPLOADS = 20;
    private static final String SHARED = "access-control-allow-origin";

    @TempDir
    static Path data;

    private static RunningServer server;
    private static ApiClient alice;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(
                data,
                Map.of(
                        "hubwire.password.cost",
                        "4",
                        "hubwire.upload.maxBytes",
                        "1000",
                        "hubwire.upload.maxPerUserPerHour",
                        String.valueOf(UPLOADS),
                        "hubwire.signalr.crossDomain.origins",
                        FRIEND));
        alice = server.signedIn("alice");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /* --- headers --- */

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/index.html, 200",
        "/signin.html, 200",
        "/angular.html, 200",
        "/js/app.js, 200",
        "/css/hubwire.css, 200",
        "/img/logo.svg, 200",
        "/health, 200",
        "/api/me, 401",
        "/api/demo-users, 200",
        "/nothing.html, 404",
        "/download/nothing, 403"
    })
    void pagesAndApi_allowTheirOwnScriptsAlone_andNoFrames(String path, int status) throws Exception {
        assertStrict(server.nobody().get(path), status);
    }

    @Test
    void refusals_ofTheApi_haveTheSameHeaders() throws Exception {
        assertStrict(alice.get("/api/inbox?limit=0"), 400);
        assertStrict(alice.get("/api/nothing"), 404);
        assertStrict(alice.delete("/api/me"), 405);
        assertStrict(
                alice.upload("multipart/form-data; boundary=x", BodyPublishers.ofByteArray(new byte[100_000])), 413);
    }

    @Test
    void upload_oneMoreThanAnHourAllows_isRefusedForItsUserAlone() throws Exception {
        ApiClient bob = server.signedIn("bob");
        for (int i = 0; i < UPLOADS; i++) {
            assertThat(bob.upload(MultipartForm.of("other", "a.txt", "x")).status())
                    .isEqualTo(201);
        }

        Answer refused = bob.upload(MultipartForm.of("other", "a.txt", "x"));

        assertStrict(refused, 429);
        assertThat(refused.json().getString("message")).isEqualTo("You may upload at most 20 files an hour.");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 181);
        assertThat(alice.upload(MultipartForm.of("other", "a.txt", "x")).status())
                .isEqualTo(201);
    }

    @Test
    void downloads_mayDoNothingAtAll() throws Exception {
        String id = alice.upload(MultipartForm.of("other", "a.html", "<script>alert(1)</script>"))
                .json()
                .getString("id");

        Map<String, List<String>> headers = alice.download(id).headers().map();

        assertThat(headers)
                .containsEntry(
                        "content-security-policy", List.of("sandbox; default-src 'none'; frame-ancestors 'none'"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
                .containsEntry("referrer-policy", List.of("no-referrer"));
        assertThat(headers.get("content-disposition").get(0)).startsWith("attachment");
    }

    @ParameterizedTest
    @CsvSource({
        "/signalr/hubs, 200",
        "/signalr/negotiate, 200",
        "/signalr/connect?transport=foreverFrame, 400",
        "/perfmon/ping, 401"
    })
    void signalR_mayBeFramedByOurPagesAlone(String path, int status) throws Exception {
        Answer answer = server.nobody().get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-security-policy"))
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'self'");
        assertThat(answer.headers())
                .containsEntry("x-frame-options", "SAMEORIGIN")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .doesNotContainKeys("cross-origin-resource-policy", "strict-transport-security");
    }

    private static void assertStrict(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-security-policy"))
                .startsWith("default-src 'self'")
                .contains("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
        assertThat(answer.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cross-origin-opener-policy", "same-origin")
                .containsEntry("cross-origin-resource-policy", "same-origin")
                .containsKey("permissions-policy")
                .doesNotContainKeys("strict-transport-security", "server", "x-powered-by");
    }

    /* --- other origins --- */

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/files",
                "/api/follows/bob",
                "/API/files",
                "/download/x",
                "/signalr/negotiate",
                "/perfmon/connect"
            })
    void preflight_ofAnAllowedOrigin_isAnsweredWithoutAToken(String path) throws Exception {
        Answer answer = server.nobody()
                .send(server.nobody()
                        .request(path)
                        .header("Origin", FRIEND)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization, x-requested-with")
                        .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry(SHARED, FRIEND)
                .containsEntry("access-control-allow-credentials", "true")
                .containsEntry("access-control-max-age", "600")
                .containsEntry("vary", "Origin");
        assertThat(answer.header("access-control-allow-methods")).contains("GET", "POST");
        assertThat(answer.header("access-control-allow-headers")).containsIgnoringCase("authorization");
    }

    @Test
    void call_ofAnAllowedOrigin_isAnswered_andSoAreItsMistakes() throws Exception {
        Answer me = alice.send(from(alice, "/api/me", FRIEND));
        Answer nobody = server.nobody().send(from(server.nobody(), "/api/me", FRIEND));

        assertThat(me.status()).isEqualTo(200);
        assertThat(me.headers())
                .containsEntry(SHARED, FRIEND)
                .containsEntry("access-control-allow-credentials", "true");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.headers()).containsEntry(SHARED, FRIEND);
        assertThat(nobody.header("access-control-expose-headers"))
                .containsIgnoringCase("WWW-Authenticate")
                .contains("Retry-After");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://stranger.example", "http://friend.example", "https://friend.example:8443", "null"})
    void call_ofAnyOtherOrigin_isRefused_whateverItsToken(String origin) throws Exception {
        for (String path :
                new String[] {"/api/me", "/api/files", "/download/x", "/signalr/negotiate", "/perfmon/ping"}) {
            Answer answer = alice.send(from(alice, path, origin));

            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.headers()).doesNotContainKey(SHARED);
        }
    }

    @Test
    void call_ofOurOwnPages_isNoCallOfAnotherOrigin() throws Exception {
        String own = "http://" + server.uri().getAuthority();
        Answer me = alice.send(from(alice, "/api/me", own));

        assertThat(me.status()).isEqualTo(200);
        assertThat(me.headers()).doesNotContainKey(SHARED);
    }

    @Test
    void pages_areForNoOtherOriginToRead() throws Exception {
        Answer page = server.nobody().send(from(server.nobody(), "/index.html", FRIEND));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers()).doesNotContainKey(SHARED);
    }

    private static HttpRequest.Builder from(ApiClient client, String path, String origin) {
        return client.request(path).header("Origin", origin);
    }
}
