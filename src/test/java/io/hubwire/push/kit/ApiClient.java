package io.hubwire.push.kit;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Speaks the REST interface as a page does. */
public final class ApiClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI server;
    private final String token;

    /**
     * Speaks with a token.
     *
     * @param token null for nobody
     */
    public ApiClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    public static ApiClient signIn(URI server, String name, String password) throws Exception {
        Answer answer = new ApiClient(server, null).token(name, password);
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.toString());
        }
        return new ApiClient(server, answer.json().getString("access_token"));
    }

    public String token() {
        return token;
    }

    public Answer token(String name, String password) throws Exception {
        return form(Map.of("grant_type", "password", "username", name, "password", password));
    }

    /** To the token endpoint. */
    public Answer form(Map<String, String> fields) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request("/api/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    public Answer get(String path) throws Exception {
        return send(request(path).GET());
    }

    public Answer delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    public Answer put(String path, String json) throws Exception {
        return send(json(path).PUT(BodyPublishers.ofString(json)));
    }

    public Answer post(String path, String json) throws Exception {
        return send(json(path).POST(BodyPublishers.ofString(json)));
    }

    public Answer post(String path) throws Exception {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    public Answer upload(MultipartForm form) throws Exception {
        return upload(form.contentType(), form.body());
    }

    public Answer upload(String contentType, BodyPublisher body) throws Exception {
        return send(request("/api/files").header("Content-Type", contentType).POST(body));
    }

    /** Follows the link that the server gives for a file. */
    public HttpResponse<byte[]> download(String fileId) throws Exception {
        String url = post("/api/files/" + fileId + "/link").json().getString("url");
        return HTTP.send(HttpRequest.newBuilder(server.resolve(url)).GET().build(), BodyHandlers.ofByteArray());
    }

    /**
     * To a resource of the application.
     *
     * @param path below the application's own, with a leading slash
     */
    public HttpRequest.Builder request(String path) {
        String application = server.getPath().replaceFirst("/$", "");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(application + path)).timeout(Duration.ofSeconds(30));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    public Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().map().entrySet().stream()
                        .collect(Collectors.toMap(
                                header -> header.getKey().toLowerCase(java.util.Locale.ROOT),
                                header -> String.join(", ", header.getValue()))),
                response.body());
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * What the server said.
     *
     * @param headers by lower-case name
     */
    public record Answer(int status, Map<String, String> headers, String body) {
        public JsonObject json() {
            return value().asJsonObject();
        }

        public JsonArray array() {
            return value().asJsonArray();
        }

        public String header(String lowerCaseName) {
            return headers.get(lowerCaseName);
        }

        private JsonValue value() {
            try (var reader = Json.createReader(new StringReader(body))) {
                return reader.readValue();
            }
        }
    }
}
