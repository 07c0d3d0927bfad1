package io.hubwire.push.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.MultipartForm;
import io.hubwire.push.kit.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartApiTest {
    @TempDir
    Path data;

    @Test
    void restart_sameData_losesNothing() throws Exception {
        String aliceToken;
        String bobToken;
        String fileId;
        try (RunningServer server = RunningServer.start(data, Map.of("hubwire.password.cost", "4"))) {
            ApiClient alice = server.signedIn("alice");
            ApiClient bob = server.signedIn("bob");
            bob.put("/api/follows/alice", "{\"categories\":null}");
            fileId = alice.upload(MultipartForm.of("other", "a.txt", "content"))
                    .json()
                    .getString("id");
            alice.post("/api/signout");
            aliceToken = alice.token();
            bobToken = bob.token();
        }

        try (RunningServer server = RunningServer.start(data, Map.of("hubwire.password.cost", "4"))) {
            ApiClient bob = new ApiClient(server.uri(), bobToken);

            assertThat(bob.get("/api/inbox").json().getInt("unread")).isEqualTo(1);
            assertThat(bob.download(fileId).body())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("content");
            assertThat(new ApiClient(server.uri(), aliceToken).get("/api/me").status())
                    .isEqualTo(401);
            assertThat(server.signedIn("alice").get("/api/people").array())
                    .extracting(person -> person.asJsonObject().getString("name"))
                    .containsExactly("bob", "carol", "operator");
        }
    }

    @Test
    void restart_withoutDemoUsers_signsThemInNoMore() throws Exception {
        RunningServer.start(data, Map.of("hubwire.password.cost", "4")).close();

        try (RunningServer server = RunningServer.start(data, Map.of("hubwire.demo", "false"))) {
            assertThat(server.nobody().token("alice", "demo-alice").status()).isEqualTo(401);
            assertThat(server.nobody().get("/api/demo-users").array()).isEmpty();
        }
    }
}
