package io.hubwire.load.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The requests that are answered at once, so many at a time; the others wait. Belongs to the loop's thread, on which the answers come. */
final class Requests implements AutoCloseable {
    private static final int MOST_AT_A_TIME = 32;
    private static final int THREADS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI server;
    private final SocketLoop loop;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Requests::daemon);
    private final HttpClient http;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    Requests(URI server, SocketLoop loop) {
        this.server = server;
        this.loop = loop;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "soak-requests");
        thread.setDaemon(true);
        return thread;
    }

    /** Gets what must be answered with 200. */
    CompletionStage<String> get(String authorization, String pathAndQuery) {
        return send(request(authorization, pathAndQuery).GET(), 200);
    }

    CompletionStage<String> postForm(String authorization, String pathAndQuery, String form) {
        return post(
                authorization,
                pathAndQuery,
                "application/x-www-form-urlencoded; charset=UTF-8",
                BodyPublishers.ofString(form),
                200);
    }

    CompletionStage<String> post(
            String authorization, String pathAndQuery, String contentType, BodyPublisher body, int status) {
        return send(
                request(authorization, pathAndQuery)
                        .header("Content-Type", contentType)
                        .POST(body),
                status);
    }

    private HttpRequest.Builder request(String authorization, String pathAndQuery) {
        return HttpRequest.newBuilder(server.resolve(pathAndQuery))
                .timeout(PATIENCE)
                .header("Authorization", authorization);
    }

    private CompletionStage<String> send(HttpRequest.Builder builder, int status) {
        HttpRequest request = builder.build();
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting.add(() -> send(request, status, answer));
        sendNext();
        return answer;
    }

    private void sendNext() {
        while (underWay < MOST_AT_A_TIME && !waiting.isEmpty()) {
            underWay++;
            waiting.remove().run();
        }
    }

    private void send(HttpRequest request, int status, CompletableFuture<String> answer) {
        CompletionStage<HttpResponse<String>> sent = http.sendAsync(request, BodyHandlers.ofString());
        sent.whenCompleteAsync(
                (response, failure) -> {
                    underWay--;
                    sendNext();
                    complete(request, status, response, failure, answer);
                },
                loop);
    }

    private static void complete(
            HttpRequest request,
            int status,
            HttpResponse<String> response,
            Throwable failure,
            CompletableFuture<String> answer) {
        if (failure != null) {
            answer.completeExceptionally(new IOException(request.uri().getPath() + " failed: " + failure, failure));
        } else if (response.statusCode() != status) {
            answer.completeExceptionally(new IOException(request.uri().getPath() + " was answered "
                    + response.statusCode() + " instead of " + status + " " + response.body()));
        } else {
            answer.complete(response.body());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
