package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.hosting.BodyTooLargeException;
import io.hubwire.signalr.hosting.ParameterParser;
import io.hubwire.signalr.hosting.Parameters;
import io.hubwire.signalr.hosting.RequestRefusedException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The body of a request, read once, without blocking, and only when somebody asks for the form in it. Fails when it is too long, when it
 * takes too long, and when the request is answered or its peer leaves before it has come.
 */
final class RequestBody implements ReadListener {
    private static final int CHUNK_BYTES = 4096;

    private final AsyncCycle cycle;
    private final HostingOptions options;
    private final HostThreads threads;
    private final ParameterParser parser;
    private final CompletableFuture<Parameters> form = new CompletableFuture<>();
    private final CompletionStage<Parameters> view = form.minimalCompletionStage();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(0);
    private Executor onceDetached;
    private ServletInputStream in;
    private volatile Future<?> deadline;

    /** Called on the request's thread. */
    RequestBody(AsyncCycle cycle, HostingOptions options, HostThreads threads, ParameterParser parser) {
        this.cycle = cycle;
        this.options = options;
        this.threads = threads;
        this.parser = parser;
        HttpServletRequest request = cycle.request();
        long length = request.getContentLengthLong();
        if (length == 0 || (length < 0 && isBodyless(request))) {
            asked.set(true);
            complete();
        } else if (length > options.maxBodyBytes()) {
            asked.set(true);
            form.completeExceptionally(new BodyTooLargeException(options.maxBodyBytes()));
        }
    }

    // Only HTTP/1 says in the headers whether there is a body (RFC 9112 §6.3).
    private static boolean isBodyless(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/1") && request.getHeader("Transfer-Encoding") == null;
    }

    /** Says where reading may begin: in {@code onceDetached}, when the request has left its thread. */
    void readIn(Executor onceDetached) {
        this.onceDetached = onceDetached;
    }

    CompletionStage<Parameters> form() {
        if (asked.compareAndSet(false, true)) {
            cycle.onGone(this::fail);
            onceDetached.execute(this::open);
        }
        return view;
    }

    private void open() {
        deadline = threads.after(
                options.bodyTimeout(),
                () -> fail(new RequestRefusedException(
                        408,
                        "The request body did not arrive within "
                                + options.bodyTimeout().toMillis() + " ms.")));
        try {
            cycle.use(() -> {
                in = cycle.request().getInputStream();
                in.setReadListener(this);
                return true;
            });
        } catch (IOException | IllegalStateException e) {
            fail(e);
        }
        if (form.isDone()) {
            cancelDeadline();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        while (!form.isDone() && in.isReady() && !in.isFinished()) {
            int count = in.read(chunk);
            if (count < 0) {
                return;
            }
            if (received.size() + count > options.maxBodyBytes()) {
                fail(new BodyTooLargeException(options.maxBodyBytes()));
                return;
            }
            received.write(chunk, 0, count);
        }
    }

    @Override
    public void onAllDataRead() {
        cancelDeadline();
        complete();
    }

    @Override
    public void onError(Throwable cause) {
        fail(cause);
    }

    private void complete() {
        try {
            form.complete(parser.form(received.toByteArray()));
        } catch (RequestRefusedException e) {
            form.completeExceptionally(e);
        }
    }

    private void fail(Throwable cause) {
        cancelDeadline();
        form.completeExceptionally(cause);
    }

    private void cancelDeadline() {
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
        }
    }
}
