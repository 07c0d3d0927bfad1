package io.hubwire.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process with a server in it. */
final class ServerProcess implements AutoCloseable {
    /** The same for every server. */
    static final List<String> JVM_FLAGS = List.of("-Xms1g", "-Xmx2g", "-XX:+UseG1GC");

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;
    private final int port;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.port = (int) answer("port");
    }

    static ServerProcess start(String kind, LoadTransport transport) throws IOException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command()
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(JVM_FLAGS);
        builder.command().addAll(List.of("-cp", System.getProperty("java.class.path"), ChildServer.class.getName()));
        builder.command().addAll(List.of(kind, transport.wireName()));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return new ServerProcess(builder.start());
    }

    int port() {
        return port;
    }

    void order(String line) {
        orders.println(line);
    }

    /** Waits for the answer to an order; the answers come in the order of the orders. */
    long answer(String word) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(word + " ")) {
            throw new IOException("expected " + word + " from the server, got " + line);
        }
        return Long.parseLong(line.substring(word.length() + 1));
    }

    long ask(String word) throws IOException {
        order(word);
        return answer(word);
    }

    @Override
    public void close() {
        order("quit");
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
