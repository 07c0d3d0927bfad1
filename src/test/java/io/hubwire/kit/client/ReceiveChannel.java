package io.hubwire.kit.client;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One receive request, or with automatic long polling a chain of them, and the thread that moves what comes into the inbox.
 * The thread ends with the request; {@link #drop} ends both.
 */
final class ReceiveChannel {
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final ClientOptions options;
    private final String pollTarget;
    private final Inbox inbox;
    private final Optional<RawWebSocket> webSocket;
    private Thread pump; // set once, before the channel is handed out
    private volatile RawExchange exchange;
    private boolean dropped; // guarded by this

    private ReceiveChannel(
            ClientOptions options, String pollTarget, Inbox inbox, RawWebSocket webSocket, RawExchange exchange) {
        this.options = options;
        this.pollTarget = pollTarget;
        this.inbox = inbox;
        this.webSocket = Optional.ofNullable(webSocket);
        this.exchange = exchange;
    }

    static ReceiveChannel open(ClientOptions options, String target, String pollTarget, Inbox inbox) {
        int number = inbox.opening();
        boolean upgrade = options.transport() == TestTransport.WEB_SOCKETS;
        ReceiveChannel channel = new ReceiveChannel(
                options,
                pollTarget,
                inbox,
                upgrade ? RawWebSocket.open(options.http(), target, options.headers()) : null,
                upgrade ? null : openExchange(options, target));
        channel.pump =
                new Thread(() -> channel.pump(number), "kit-receive " + target.substring(0, target.indexOf('?')));
        channel.pump.setDaemon(true);
        channel.pump.start();
        return channel;
    }

    private static RawExchange openExchange(ClientOptions options, String target) {
        return options.http().open(RawHttpRequest.get(target).headers(options.headers()));
    }

    Optional<RawWebSocket> webSocket() {
        return webSocket;
    }

    Optional<RawExchange> exchange() {
        return Optional.ofNullable(exchange);
    }

    /** Ends the request and waits until what had come before is in the inbox, so that nothing of it arrives later. */
    void drop() {
        synchronized (this) {
            dropped = true;
            webSocket.ifPresent(RawWebSocket::close);
            exchange().ifPresent(RawExchange::close);
        }
        try {
            pump.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Automatic long polling stops after the poll that is open. */
    void stopPolling() {
        synchronized (this) {
            dropped = true;
        }
    }

    private void pump(int number) {
        if (webSocket.isPresent()) {
            pumpSocket(webSocket.get());
        } else {
            pumpExchange(exchange);
            while (polls() && openNextPoll()) {
                pumpExchange(exchange);
            }
        }
        inbox.channelEnded(number);
    }

    /** @return false when there is none: it is not wanted any more, or the server is gone */
    private boolean openNextPoll() {
        synchronized (this) {
            if (dropped) {
                return false;
            }
            try {
                exchange = openExchange(options, nextPoll());
                return true;
            } catch (UncheckedIOException serverGone) {
                return false;
            }
        }
    }

    private boolean polls() {
        return options.transport() == TestTransport.LONG_POLLING
                && options.polling()
                && exchange.end().orElseThrow() == ResponseEnd.COMPLETE
                && exchange.head().filter(head -> head.status() == 200).isPresent();
    }

    private String nextPoll() {
        String cursor = inbox.cursor()
                .map(value -> "&messageId=" + Percent.encode(value))
                .orElse("");
        String groups = inbox.groupsToken()
                .map(value -> "&groupsToken=" + Percent.encode(value))
                .orElse("");
        return pollTarget + cursor + groups;
    }

    private void pumpSocket(RawWebSocket socket) {
        int moved = 0;
        while (true) {
            int before = moved;
            socket.awaitTexts(texts -> texts.size() > before, FOR_EVER);
            boolean ended = socket.end().isPresent();
            List<String> texts = socket.texts();
            texts.subList(moved, texts.size()).forEach(inbox::payload);
            moved = texts.size();
            if (ended) {
                return;
            }
        }
    }

    private void pumpExchange(RawExchange current) {
        int moved = 0;
        int seen = 0;
        while (true) {
            int before = seen;
            current.awaitBody(body -> body.length() > before, FOR_EVER);
            ResponseEnd end = current.end().orElse(null);
            String body = current.body();
            countSpaces(body, seen);
            List<String> payloads = complete(body, end);
            payloads.subList(moved, payloads.size()).forEach(inbox::payload);
            moved = payloads.size();
            seen = body.length();
            if (end != null) {
                return;
            }
        }
    }

    /** A long poll's only payload is whole when the response is; one that was cut off halfway has none. */
    private List<String> complete(String body, ResponseEnd end) {
        if (exchange.head().filter(head -> head.status() == 200).isEmpty()) {
            return List.of();
        }
        boolean partial = options.transport() == TestTransport.LONG_POLLING && end != ResponseEnd.COMPLETE;
        return partial ? List.of() : options.transport().payloads(body);
    }

    private void countSpaces(String body, int from) {
        if (options.transport() == TestTransport.LONG_POLLING) {
            body.substring(from)
                    .chars()
                    .filter(c -> c == ' ')
                    .limit(body.isBlank() ? Long.MAX_VALUE : 0)
                    .forEach(c -> inbox.keepAlive());
        }
    }
}
