package io.hubwire.captures;

import io.hubwire.captures.Answer.End;
import io.hubwire.captures.Answer.Frame;
import io.hubwire.kit.client.FrameBytes;
import io.hubwire.kit.client.HttpInput;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.ResponseHead;
import io.hubwire.kit.client.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server that plays back what was recorded, with values of its own for the symbols: the n-th connection gets the answer to the
 * n-th request of the script, whatever it asks. It proves the harness: against it every scenario must pass, and with one
 * answer altered it must not.
 */
final class RecordedServer implements CaptureServer {
    private static final System.Logger LOG = System.getLogger(RecordedServer.class.getName());
    private static final Pattern SYMBOL = Pattern.compile("\\$\\{(token|id|groups|cursor|text|type)(?::(\\d+))?}");
    private static final int MAX_FRAME_BYTES = 1024 * 1024;

    private final Scenario scenario;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean begun = new AtomicBoolean();

    private RecordedServer(Scenario scenario, ServerSocket listener) {
        this.scenario = scenario;
        this.listener = listener;
    }

    static RecordedServer start(Scenario scenario) {
        try {
            RecordedServer server =
                    new RecordedServer(scenario, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread acceptor = new Thread(server::accept, "recorded-server " + scenario.number());
            acceptor.setDaemon(true);
            acceptor.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    /** The recorded log, from the first recorded request on. */
    @Override
    public List<String> log() {
        return begun.get() ? scenario.log().stream().map(RecordedServer::fill).toList() : List.of();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        Iterator<Action> requests =
                scenario.script().stream().flatMap(RecordedServer::requests).iterator();
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                Action action = requests.hasNext() ? requests.next() : new Action.Start(0);
                if (action instanceof Action.Open || action instanceof Action.Upgrade) {
                    begun.set(true);
                }
                Thread thread = new Thread(() -> serve(socket, action), "recorded-answer");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            LOG.log(Level.DEBUG, "The recorded server has stopped", closed);
        }
    }

    /** The requests that the client sends for an action, in their order. */
    private static Stream<Action> requests(Action action) {
        if (action instanceof Action.Probe) {
            return Stream.of(
                    new Action.Negotiate(99, "/signalr", Optional.empty(), List.of()),
                    new Action.Connect(99, "longPolling"));
        }
        boolean request = action instanceof Action.Open
                || action instanceof Action.Upgrade
                || action instanceof Action.Negotiate
                || action instanceof Action.Connect
                || action instanceof Action.Start
                || action instanceof Action.Abort
                || action instanceof Action.Invoke
                || action instanceof Action.Control;
        return request ? Stream.of(action) : Stream.of();
    }

    private void serve(Socket socket, Action action) {
        try (socket) {
            HttpInput in = new HttpInput(socket.getInputStream());
            List<String> head = readHead(in);
            OutputStream out = socket.getOutputStream();
            if (action instanceof Action.Upgrade upgrade) {
                playSocket(upgrade.step(), scenario.answers().get(upgrade.step()), head, in, out);
            } else if (action instanceof Action.Open opened) {
                play(scenario.answers().get(opened.step()), opened.method(), in, out);
            } else if (action instanceof Action.Negotiate negotiate) {
                respond(out, negotiation(negotiate.connection()));
            } else if (action instanceof Action.Connect) {
                respond(out, "{\"C\":\"cursor-0\",\"S\":1,\"M\":[]}");
            } else {
                respond(out, "ok");
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The client has left", e);
        } finally {
            open.remove(socket);
        }
    }

    private static List<String> readHead(HttpInput in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.line(); !line.isEmpty(); line = in.line()) {
            lines.add(line);
        }
        int length = lines.stream()
                .filter(line -> line.startsWith("Content-Length: "))
                .map(line -> Integer.valueOf(line.substring(16)))
                .findFirst()
                .orElse(0);
        in.exactly(length);
        return lines;
    }

    private static String negotiation(int connection) {
        return fill(
                "{\"ConnectionToken\":\"${token:" + connection + "}\",\"ConnectionId\":\"${id:" + connection + "}\"}");
    }

    private static void respond(OutputStream out, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
    }

    private static void play(Answer answer, String method, HttpInput in, OutputStream out) throws IOException {
        if (answer.status() == 0) {
            awaitClient(in);
            return;
        }
        out.write(head(answer)
                .append("Transfer-Encoding: chunked\r\n\r\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (method.equals("HEAD")) {
            return;
        }
        byte[] body = fill(withPage(answer.body())).getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            out.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        if (answer.end() instanceof End.Complete) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } else if (!(answer.end() instanceof End.Cut)) {
            awaitClient(in);
        }
    }

    private static StringBuilder head(Answer answer) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Recorded\r\n");
        if (answer.nosniff()) {
            head.append("X-Content-Type-Options: nosniff\r\n");
        }
        if (!answer.contentType().isEmpty()) {
            head.append("Content-Type: ").append(answer.contentType()).append("\r\n");
        }
        answer.corsHeaders().forEach(line -> head.append(line).append("\r\n"));
        return head;
    }

    /** The recordings leave the page before the first foreverFrame script out; this one does what it must do. */
    private static String withPage(String body) {
        return body.replaceFirst(
                "^<!-- foreverFrame prologue, protocol 4.5, frameId (\\d+) -->\r\n",
                "<!DOCTYPE html><html><head><title>f</title><script>var c=t.getConnection('$1');t.started(c);"
                        + "</script></head><body>\r\n");
    }

    private void playSocket(int step, Answer answer, List<String> requestHead, HttpInput in, OutputStream out)
            throws IOException {
        if (answer.status() != 101) {
            play(answer, "GET", in, out);
            return;
        }
        String key =
                new ResponseHead(0, "", requestHead).first("Sec-WebSocket-Key").orElseThrow();
        String upgrade = head(answer)
                .append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ")
                .append(RawWebSocket.accept(key))
                .append("\r\n\r\n")
                .toString();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(upgrade.getBytes(StandardCharsets.UTF_8));
        answer.frames().forEach(frame -> all.writeBytes(FrameBytes.unmasked(filled(frame))));
        out.write(all.toByteArray());
        out.flush();
        endSocket(step, answer.end(), in, out);
    }

    private static WebSocketFrame filled(Frame frame) {
        byte[] payload = fill(frame.text()).getBytes(StandardCharsets.UTF_8);
        return new WebSocketFrame(true, frame.pong() ? WebSocketFrame.PONG : WebSocketFrame.TEXT, payload);
    }

    private void endSocket(int step, End end, HttpInput in, OutputStream out) throws IOException {
        long toRead = scenario.script().stream()
                .filter(action -> action instanceof Action.SendFrame send && send.step() == step)
                .count();
        for (long i = 0; i < toRead; i++) {
            FrameBytes.readMasked(in, MAX_FRAME_BYTES);
        }
        if (end instanceof End.Closed closed) {
            out.write(FrameBytes.unmasked(WebSocketFrame.close(closed.code(), "")));
            out.flush();
        }
        if (!(end instanceof End.Cut)) {
            awaitClient(in);
        }
    }

    private static void awaitClient(HttpInput in) throws IOException {
        byte[] more;
        do {
            more = in.some(4096);
        } while (more.length > 0);
    }

    /** Gives every symbol a value. */
    private static String fill(String text) {
        return SYMBOL.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2))));
    }

    private static String value(String kind, String number) {
        return switch (kind) {
            case "token" -> "a-token-that-is-long-enough-to-alter-" + number;
            case "id" -> String.format("00000000-0000-4000-8000-%012d", Integer.parseInt(number) + 1000);
            case "groups" -> "groups-token-" + number;
            case "cursor" -> "cursor-1";
            case "text" -> "some text";
            default -> "TypeName";
        };
    }
}
