package io.hubwire.clients;

import static io.hubwire.clients.Story.patiently;

import io.hubwire.kit.client.JsonText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The npm package signalr-client in Node. It has WebSockets only; after a loss it connects anew with its old token, without telling
 * what it has received and which groups it was in, and does not stop any more (its {@code end()} then does nothing).
 */
final class NodeClient implements StoryClient {
    private static final Path SCRIPT = Path.of("src", "it", "npm", "story-client.js");

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;
    private int lastId;

    private NodeClient(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the process; the client in it waits for {@link #start}. */
    static NodeClient launch(int port, String teller) {
        ProcessBuilder builder =
                new ProcessBuilder("node", SCRIPT.toString(), "http://127.0.0.1:" + port + "/signalr", teller);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return new NodeClient(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Node.js, which npm runs on, must be on the path.", e);
        }
    }

    @Override
    public void start() {
        order("start");
    }

    @Override
    public String transport() {
        return "webSockets";
    }

    @Override
    public String invoke(String method, Object... arguments) {
        Object[] parameters = new Object[arguments.length + 1];
        parameters[0] = method;
        System.arraycopy(arguments, 0, parameters, 1, arguments.length);
        JsonText answer = order("invoke", parameters);
        return answer.get("value")
                .map(value -> value.raw().startsWith("\"") ? value.text() : value.raw())
                .orElse("");
    }

    @Override
    public List<String> received() {
        return look("received").elements().stream().map(JsonText::text).toList();
    }

    @Override
    public void comeBack() {
        patiently("the client to be connected again")
                .until(() -> Integer.parseInt(look("cameBack").raw()) >= 1);
    }

    @Override
    public void stop() {
        order("stop");
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private JsonText look(String what) {
        return order("look").get("value").orElseThrow().get(what).orElseThrow();
    }

    /** The client answers every order, a call after 30 seconds at the latest. */
    private JsonText order(String name, Object... parameters) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("id", ++lastId);
        order.put("name", name);
        order.put("parameters", parameters);
        try {
            orders.write(JsonText.write(order));
            orders.newLine();
            orders.flush();
            String answer = answers.readLine();
            if (answer == null || answer.contains("\"failure\"")) {
                throw new AssertionError(name + " was answered with " + answer);
            }
            return JsonText.parse(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
