package io.hubwire.loss;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Takes the body of an answer as it comes: complete lines at once, the rest at the end. */
final class BodyReader implements Flow.Subscriber<List<ByteBuffer>> {
    private final Runnable heard;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile Flow.Subscription subscription;
    private volatile boolean cancelled;

    /**
     * @param heard called for anything that comes
     * @param lines given each complete line, without its end
     */
    BodyReader(Runnable heard, Consumer<String> lines) {
        this.heard = heard;
        this.lines = lines;
    }

    /** Ends the request; what comes later is dropped. */
    void cancel() {
        cancelled = true;
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    /** What has come since the last complete line; to be called when the body is at its end. */
    String rest() {
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        heard.run();
        buffers.forEach(this::take);
    }

    private void take(ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            byte next = buffer.get();
            if (next == '\n') {
                String complete = line.toString(StandardCharsets.UTF_8);
                line.reset();
                if (!cancelled) {
                    lines.accept(complete);
                }
            } else {
                line.write(next);
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        // Told by the answer's future as well.
    }

    @Override
    public void onComplete() {
        // Told by the answer's future as well.
    }
}
