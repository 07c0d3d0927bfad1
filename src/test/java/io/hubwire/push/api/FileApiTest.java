package io.hubwire.push.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.push.domain.FileName;
import io.hubwire.push.domain.Note;
import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.ApiClient.Answer;
import io.hubwire.push.kit.LogRecorder;
import io.hubwire.push.kit.MultipartForm;
import io.hubwire.push.kit.RunningServer;
import io.hubwire.push.security.DownloadLinks;
import io.hubwire.push.security.SigningKeys;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads, downloads and the inbox. bob follows all of alice's files; carol nobody's. */
class FileApiTest {
    private static final int MAX_BYTES = 3 * 1024 * 1024;

    @TempDir
    static Path data;

    private static RunningServer server;
    private static ApiClient alice;
    private static ApiClient bob;
    private static ApiClient carol;

    private final LogRecorder log = LogRecorder.start();

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(
                data, Map.of("hubwire.password.cost", "4", "hubwire.upload.maxBytes", String.valueOf(MAX_BYTES)));
        alice = server.signedIn("alice");
        bob = server.signedIn("bob");
        carol = server.signedIn("carol");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void follow() throws Exception {
        bob.put("/api/follows/alice", "{\"categories\":null}");
        bob.post("/api/inbox/read", "{\"all\":true}");
    }

    @AfterEach
    void logHasNoTokens() {
        log.close();
        assertThat(log.text()).doesNotContain(alice.token(), bob.token(), carol.token());
    }

    @Test
    void upload_followed_isAnsweredAndInTheInbox() throws Exception {
        Answer answer = alice.upload(new MultipartForm()
                .field("category", "documents")
                .field("note", "for you")
                .file("plan.txt", "application/x-msdownload", "the plan".getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).isEqualTo(201);
        JsonObject file = answer.json();
        assertThat(file.getString("name")).isEqualTo("plan.txt");
        assertThat(file.getInt("size")).isEqualTo(8);
        assertThat(file.getString("type")).isEqualTo("text/plain");
        assertThat(file.getString("category")).isEqualTo("documents");
        assertThat(file.getString("note")).isEqualTo("for you");
        assertThat(file.getInt("recipients")).isEqualTo(1);

        JsonObject inbox = bob.get("/api/inbox?limit=1").json();
        JsonObject item = inbox.getJsonArray("items").getJsonObject(0);
        assertThat(inbox.getInt("unread")).isEqualTo(1);
        assertThat(item.getString("fileId")).isEqualTo(file.getString("id"));
        assertThat(item.getString("fileName")).isEqualTo("plan.txt");
        assertThat(item.getInt("size")).isEqualTo(8);
        assertThat(item.getString("type")).isEqualTo("text/plain");
        assertThat(item.getString("category")).isEqualTo("documents");
        assertThat(item.getString("note")).isEqualTo("for you");
        assertThat(item.getJsonObject("from")).hasToString("{\"displayName\":\"Alice Archer\",\"name\":\"alice\"}");
        assertThat(item.getString("at")).isEqualTo(file.getString("uploadedAt")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(item.getBoolean("read")).isFalse();
        assertThat(bob.get("/api/me").json().getInt("unread")).isEqualTo(1);
        assertThat(carol.get("/api/inbox").json().getJsonArray("items")).isEmpty();
    }

    @Test
    void upload_fieldsAfterTheFile_countAsWell() throws Exception {
        Answer answer = alice.upload(new MultipartForm()
                .file("a.txt", "text/plain", new byte[] {'a'})
                .field("note", "late")
                .field("unknown", "ignored")
                .field("category", "music"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().getString("note")).isEqualTo("late");
        assertThat(answer.json().getString("category")).isEqualTo("music");
    }

    @Test
    void upload_otherCategoryThanFollowed_tellsNobody() throws Exception {
        bob.put("/api/follows/alice", "{\"categories\":[\"pictures\"]}");

        assertThat(alice.upload(MultipartForm.of("music", "a.txt", "x")).json().getInt("recipients"))
                .isZero();
        assertThat(alice.upload(MultipartForm.of("pictures", "a.txt", "x"))
                        .json()
                        .getInt("recipients"))
                .isEqualTo(1);
    }

    @Test
    void upload_ofTheMaximum_isStored() throws Exception {
        Answer answer = alice.upload(MultipartForm.of("other", "big.bin", "x".repeat(MAX_BYTES)));

        assertThat(answer.json().getInt("size")).isEqualTo(MAX_BYTES);
    }

    @Test
    void upload_oneByteTooMany_isRefusedAndLeavesNothing() throws Exception {
        long before = storedFiles();
        Answer answer = alice.upload(MultipartForm.of("other", "big.bin", "x".repeat(MAX_BYTES + 1)));

        assertTooLarge(answer);
        assertThat(storedFiles()).isEqualTo(before);
    }

    @Test
    void upload_farTooLarge_isRefusedWithAnAnswer() throws Exception {
        long before = storedFiles();
        Answer answer = alice.upload(MultipartForm.of("other", "big.bin", "x".repeat(2 * MAX_BYTES)));

        assertTooLarge(answer);
        assertThat(storedFiles()).isEqualTo(before);
    }

    @Test
    void upload_tooLargeWithoutAnnouncedLength_isRefusedAndLeavesNothing() throws Exception {
        long before = storedFiles();
        MultipartForm form = MultipartForm.of("other", "big.bin", "x".repeat(MAX_BYTES + 1));
        byte[] body = form.bytes();
        Answer answer =
                alice.upload(form.contentType(), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertTooLarge(answer);
        assertThat(storedFiles()).isEqualTo(before);
    }

    @Test
    void upload_senderLeaves_leavesNothing() throws Exception {
        long before = storedFiles();
        MultipartForm form = MultipartForm.of("other", "big.bin", "x".repeat(1_000_000));
        try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            String head = "POST /api/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + alice.token()
                    + "\r\nContent-Type: " + form.contentType() + "\r\nContent-Length: 2000000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(form.unfinished());
            await("the upload is under way").until(() -> storedFiles() > before);
        }

        await("nothing is left of the upload")
                .ignoreExceptionsInstanceOf(UncheckedIOException.class) // a file that goes while it is looked at
                .until(() -> storedFiles() == before);
        assertThat(log.atLeast(Level.WARNING)).isEmpty();
    }

    @Test
    void upload_empty_isRefused() throws Exception {
        long before = storedFiles();
        Answer answer = alice.upload(MultipartForm.of("other", "a.txt", ""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("error")).isEqualTo("empty_file");
        assertThat(storedFiles()).isEqualTo(before);
    }

    @Test
    void upload_incompleteForms_areRefusedAndLeaveNothing() throws Exception {
        long before = storedFiles();
        byte[] content = {'a'};
        assertRefused(new MultipartForm().field("category", "music"), "The form has no file.");
        assertRefused(
                new MultipartForm().file("a.txt", "text/plain", content),
                "The category must be one of documents, pictures, music, video, other.");
        assertRefused(
                MultipartForm.of("poetry", "a.txt", "x"),
                "The category must be one of documents, pictures, music, video, other.");
        assertRefused(
                MultipartForm.of("music", "a.txt", "x").file("b.txt", "text/plain", content),
                "One file at a time, please.");
        assertRefused(
                MultipartForm.of("music", "a.txt", "x").field("note", "n".repeat(Note.MAX_LENGTH + 1)),
                "The note may have at most 500 characters, not 501.");
        assertRefused(
                MultipartForm.of("music", "a.txt", "x").field("note", "n".repeat(10_000)),
                "The field note may have at most 8192 bytes.");

        assertThat(storedFiles()).isEqualTo(before);
        assertThat(log.atLeast(Level.WARNING)).isEmpty();
    }

    @Test
    void upload_noteOfTheMaximum_isKept() throws Exception {
        Answer answer =
                alice.upload(MultipartForm.of("music", "a.txt", "x").field("note", "\u00fc".repeat(Note.MAX_LENGTH)));

        assertThat(answer.json().getString("note")).hasSize(Note.MAX_LENGTH);
    }

    @Test
    void upload_manyParts_isRefused() throws Exception {
        MultipartForm form = new MultipartForm();
        for (int i = 0; i < 17; i++) {
            form.field("x" + i, "y");
        }

        assertRefused(form, "The form may have at most 16 parts.");
    }

    @Test
    void upload_noMultipartAtAll_isRefused() throws Exception {
        assertThat(alice.upload("text/plain", BodyPublishers.ofString("x")).status())
                .isEqualTo(415);
        assertThat(alice.upload("multipart/form-data", BodyPublishers.ofString("x"))
                        .status())
                .isEqualTo(400);
        assertThat(alice.upload("multipart/form-data; boundary=y", BodyPublishers.ofString("x"))
                        .status())
                .isEqualTo(400);
        assertThat(log.atLeast(Level.WARNING)).isEmpty();
    }

    @Test
    void upload_nobody_mustSignIn() throws Exception {
        assertThat(server.nobody()
                        .upload(MultipartForm.of("music", "a.txt", "x"))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ../../x.txt             | x.txt
            C:\\Windows\\system.ini | system.ini
            CON.txt                 | _CON.txt
            ...                     | file
            Müller – größer.txt     | Müller – größer.txt
            """)
    void upload_trickyNames_becomeHarmless(String declared, String name) throws Exception {
        JsonObject file = alice.upload(MultipartForm.of("other", declared, "x")).json();

        assertThat(file.getString("name")).isEqualTo(name);
    }

    @Test
    void upload_controlCharactersInTheName_areDropped() throws Exception {
        JsonObject file = alice.upload(MultipartForm.of("other", "in\u0001vo\u202Eice\u0000.txt", "x"))
                .json();

        assertThat(file.getString("name")).isEqualTo("invoice.txt");
    }

    @Test
    void upload_longName_isCut() throws Exception {
        JsonObject file = alice.upload(MultipartForm.of("other", "\u00e4".repeat(300) + ".txt", "x"))
                .json();

        assertThat(file.getString("name")).hasSize(FileName.MAX_LENGTH).endsWith("\u00e4.txt");
    }

    @Test
    void upload_forgedType_isSeenThrough() throws Exception {
        Answer answer = alice.upload(new MultipartForm()
                .field("category", "pictures")
                .file("photo.png", "image/png", "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.json().getString("type")).isEqualTo("text/html");
        assertThat(bob.download(answer.json().getString("id")).headers().firstValue("Content-Type"))
                .contains("application/octet-stream");
    }

    @Test
    void download_ownerAndFollower_getTheBytesAsAnAttachment() throws Exception {
        String id = alice.upload(MultipartForm.of("other", "grö\u20ac.txt", "content"))
                .json()
                .getString("id");

        for (ApiClient client : List.of(alice, bob)) {
            HttpResponse<byte[]> response = client.download(id);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo("content");
            assertThat(response.headers().map())
                    .containsEntry(
                            "content-disposition",
                            List.of("attachment; filename=\"gr__.txt\"; filename*=UTF-8''gr%C3%B6%E2%82%AC.txt"))
                    .containsEntry("content-length", List.of("7"))
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry(
                            "content-security-policy", List.of("sandbox; default-src 'none'; frame-ancestors 'none'"));
        }
    }

    @Test
    void link_strangerOrUnknownFile_isNotFound() throws Exception {
        String id = alice.upload(MultipartForm.of("other", "a.txt", "x")).json().getString("id");
        Answer stranger = carol.post("/api/files/" + id + "/link");
        Answer unknown = carol.post("/api/files/" + UUID.randomUUID() + "/link");

        assertThat(stranger.status()).isEqualTo(404);
        assertThat(stranger.body()).isEqualTo(unknown.body());
        assertThat(carol.post("/api/files/nonsense/link").status()).isEqualTo(404);
    }

    @Test
    void link_expiresInAMinute() throws Exception {
        String id = alice.upload(MultipartForm.of("other", "a.txt", "x")).json().getString("id");
        JsonObject link = alice.post("/api/files/" + id + "/link").json();

        assertThat(link.getString("url")).startsWith("/download/");
        assertThat(link.getInt("expiresInSeconds")).isEqualTo(60);
        String expired = links(Clock.offset(Clock.systemUTC(), DownloadLinks.LIFETIME.negated()))
                .issue(UUID.fromString(id), "alice");
        Answer answer = server.nobody().get("/download/" + expired);
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.json().getString("error")).isEqualTo("expired");
    }

    @Test
    void download_forgedLinks_areForbidden() throws Exception {
        String id = carol.upload(MultipartForm.of("other", "a.txt", "x")).json().getString("id");
        String url = carol.post("/api/files/" + id + "/link").json().getString("url");

        assertThat(server.nobody()
                        .get(url.substring(0, url.length() - 4) + "AAAA")
                        .status())
                .isEqualTo(403);
        assertThat(server.nobody().get("/download/" + alice.token()).status()).isEqualTo(403);
        assertThat(server.nobody().get("/download/").status()).isEqualTo(403);
        assertThat(server.nobody().get("/download/" + id).status()).isEqualTo(403);
        assertThat(log.atLeast(Level.WARNING)).isEmpty();
    }

    @Test
    void download_unknownFile_isNotFound() throws Exception {
        String link = links(Clock.systemUTC()).issue(UUID.randomUUID(), "alice");

        assertThat(server.nobody().get("/download/" + link).status()).isEqualTo(404);
    }

    @Test
    void download_range_isThatPart() throws Exception {
        String id = alice.upload(MultipartForm.of("other", "a.txt", "0123456789"))
                .json()
                .getString("id");
        String url = alice.post("/api/files/" + id + "/link").json().getString("url");

        Answer part = server.nobody().send(server.nobody().request(url).header("Range", "bytes=3-5"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("345");
        assertThat(part.header("content-range")).isEqualTo("bytes 3-5/10");

        Answer beyond = server.nobody().send(server.nobody().request(url).header("Range", "bytes=10-"));
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("content-range")).isEqualTo("bytes */10");
    }

    @Test
    void download_head_isTheHeaderAlone() throws Exception {
        String id = alice.upload(MultipartForm.of("other", "a.txt", "0123456789"))
                .json()
                .getString("id");
        String url = alice.post("/api/files/" + id + "/link").json().getString("url");

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        server.nobody()
                                .request(url)
                                .method("HEAD", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("10");
    }

    @Test
    void mine_pages_followOneAnother() throws Exception {
        String first =
                carol.upload(MultipartForm.of("other", "1.txt", "x")).json().getString("id");
        String second =
                carol.upload(MultipartForm.of("other", "2.txt", "x")).json().getString("id");
        JsonObject page = carol.get("/api/files/mine?limit=1").json();

        assertThat(ids(page)).containsExactly(second);
        assertThat(page.getBoolean("more")).isTrue();
        JsonObject next = carol.get("/api/files/mine?limit=1&before=" + second).json();
        assertThat(ids(next)).containsExactly(first);
        assertThat(next.getBoolean("more")).isFalse();
        assertThat(alice.get("/api/files/mine?before=" + second).json().getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void inbox_pages_followOneAnother() throws Exception {
        for (int i = 1; i <= 3; i++) {
            alice.upload(MultipartForm.of("other", i + ".txt", "x"));
        }
        JsonObject first = bob.get("/api/inbox?limit=2").json();
        List<JsonObject> items = first.getJsonArray("items").getValuesAs(JsonObject.class);

        assertThat(items).extracting(item -> item.getString("fileName")).containsExactly("3.txt", "2.txt");
        assertThat(first.getBoolean("more")).isTrue();
        assertThat(first.getInt("unread")).isEqualTo(3);

        JsonObject second = bob.get("/api/inbox?limit=1&before=" + items.get(1).getInt("id"))
                .json();
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("fileName"))
                .isEqualTo("1.txt");
    }

    @Test
    void inbox_markRead_countsDownAndNeverTwice() throws Exception {
        alice.upload(MultipartForm.of("other", "1.txt", "x"));
        alice.upload(MultipartForm.of("other", "2.txt", "x"));
        int newest = bob.get("/api/inbox?limit=1")
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getInt("id");

        assertThat(carol.post("/api/inbox/read", "{\"ids\":[" + newest + "]}").status())
                .isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            assertThat(bob.post("/api/inbox/read", "{\"ids\":[" + newest + "]}")
                            .json()
                            .getInt("unread"))
                    .isEqualTo(1);
        }
        assertThat(bob.post("/api/inbox/read", "{\"ids\":[]}").json().getInt("unread"))
                .isEqualTo(1);
        assertThat(bob.post("/api/inbox/read", "{\"all\":true}").json().getInt("unread"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            {"all":false}
            {"ids":[1],"all":true}
            {"ids":[null]}
            {"ids":"1"}
            {"ids":{}}
            []
            nonsense
            """)
    void inbox_markReadMalformed_isRefused(String body) throws Exception {
        Answer answer = bob.post("/api/inbox/read", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("error")).isEqualTo("bad_request");
        assertThat(log.atLeast(Level.WARNING)).isEmpty();
    }

    @Test
    void inbox_tooManyIds_isRefused() throws Exception {
        String ids = "1,".repeat(InboxResource.MAX_IDS) + "1";

        assertThat(bob.post("/api/inbox/read", "{\"ids\":[" + ids + "]}").json().getString("message"))
                .contains("at most 1000");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/inbox?limit=0",
        "/api/inbox?limit=101",
        "/api/inbox?limit=x",
        "/api/inbox?before=x",
        "/api/files/mine?before=x",
        "/api/files/mine?limit=-1"
    })
    void paging_badParameters_areRefused(String path) throws Exception {
        assertThat(bob.get(path).status()).isEqualTo(400);
    }

    private static void assertTooLarge(Answer answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().getString("error")).isEqualTo("too_large");
        assertThat(answer.json().getString("message")).contains("at most 3 MB");
    }

    private static void assertRefused(MultipartForm form, String message) throws Exception {
        Answer answer = alice.upload(form);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("message")).isEqualTo(message);
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("items").getValuesAs(JsonValue::asJsonObject).stream()
                .map(file -> file.getString("id"))
                .toList();
    }

    private static DownloadLinks links(Clock clock) throws IOException {
        return new DownloadLinks(SigningKeys.open(data.resolve("keys").resolve("signing.key")), clock);
    }

    private static long storedFiles() throws IOException {
        try (var files = Files.walk(data.resolve("files"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
