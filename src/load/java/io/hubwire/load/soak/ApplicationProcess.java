package io.hubwire.load.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged application, {@code java -jar}, on a free port, with a directory of its own that goes with it. */
final class ApplicationProcess implements ServerLog, AutoCloseable {
    private static final String READY = "Hubwire is ready: ";
    private static final Pattern PROBLEM = Pattern.compile("^\\S+ (WARNING|SEVERE) .*|^Exception in thread .*");
    private static final int MOST_PROBLEMS = 50;
    private static final int SECONDS_TO_START = 120;
    private static final int SECONDS_TO_END = 60;

    private final Path directory;
    private final Path log;
    private final Process process;
    private final Thread reader;
    private final CompletableFuture<URI> uri = new CompletableFuture<>();
    private final List<String> problems = new ArrayList<>(); // guarded by itself
    private int problemCount; // guarded by problems

    private ApplicationProcess(Path directory, Path log, Process process) {
        this.directory = directory;
        this.log = log;
        this.process = process;
        this.reader = new Thread(this::read, "soak-log");
    }

    /** Starts it with accounts whose passwords cost little, and waits until it is ready. */
    static ApplicationProcess start(SoakOptions.Server.Started server, List<Person.Account> accounts)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("hubwire-soak");
        Path file = Files.createFile(directory.resolve("accounts"));
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
        file.toFile().setWritable(true, true);
        Files.write(
                file,
                accounts.stream()
                        .map(account -> account.name() + ";" + account.name() + ";" + account.password())
                        .toList());
        ApplicationProcess application = new ApplicationProcess(
                directory,
                server.log(),
                new ProcessBuilder(command(server, file, directory))
                        .redirectErrorStream(true)
                        .start());
        application.reader.start();
        Runtime.getRuntime().addShutdownHook(new Thread(application::close, "soak-end"));
        application.awaitReady();
        return application;
    }

    private static List<String> command(SoakOptions.Server.Started server, Path accounts, Path directory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(server.flags());
        command.addAll(List.of(
                "-Duser.language=en",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-Dhubwire.accounts=" + accounts,
                "-Dhubwire.password.cost=4",
                "-jar",
                server.war().toAbsolutePath().toString(),
                "--port=0",
                "--data=" + directory.resolve("data")));
        return command;
    }

    private void awaitReady() throws IOException, InterruptedException {
        try {
            uri.get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            close();
            throw new IOException("the server is not ready: " + failure.getMessage() + " " + problems(), failure);
        }
    }

    URI uri() {
        return uri.join();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public List<String> problems() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }

    @Override
    public int problemCount() {
        synchronized (problems) {
            return problemCount;
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter copy = new PrintWriter(Files.newBufferedWriter(log, StandardCharsets.UTF_8), true)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.println(line);
                take(line);
            }
            uri.completeExceptionally(new IOException("it has ended"));
        } catch (IOException e) {
            uri.completeExceptionally(e);
        }
    }

    private void take(String line) {
        if (line.startsWith(READY)) {
            uri.complete(URI.create(line.substring(READY.length())));
        }
        if (isProblem(line)) {
            synchronized (problems) {
                problemCount++;
                if (problems.size() < MOST_PROBLEMS) {
                    problems.add(line);
                }
            }
        }
    }

    /** Whether a line of the log, in the format of the packaged application, is one at WARNING or above. */
    static boolean isProblem(String line) {
        return PROBLEM.matcher(line).matches();
    }

    /** Ends the server in good order. */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        reader.join();
    }

    /** Ends the server if it still runs, and removes its directory. Called when the JVM ends, if not before. */
    @Override
    public synchronized void close() {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            end();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(ApplicationProcess::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
