package io.hubwire.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JVM of the installed server, seen by the JDK's diagnostic commands. */
final class ServerProcess {
    /** Its constants live as long as the class, and the class as long as its loader. */
    private static final String WITNESS = "io.hubwire.signalr.transport.TransportKind";

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Pattern THREAD = Pattern.compile("(?m)^\"([^\"]*)\"");

    private final long id;

    private ServerProcess(long id) {
        this.id = id;
    }

    /** The one Java process that this one has started. */
    static ServerProcess find() {
        List<ProcessHandle> servers = ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .toList();
        assertThat(servers).hasSize(1);
        return new ServerProcess(servers.get(0).pid());
    }

    /** What a full collection leaves. */
    Heap heap() {
        String histogram = command("GC.class_histogram");
        Matcher total = TOTAL.matcher(histogram);
        assertThat(total.find()).as(histogram).isTrue();
        long loaders = histogram
                .lines()
                .filter(line -> line.contains(WITNESS + " ") || line.endsWith(WITNESS))
                .count();
        return new Heap(loaders, Long.parseLong(total.group(1)));
    }

    List<String> threads() {
        return THREAD.matcher(command("Thread.print"))
                .results()
                .map(thread -> thread.group(1))
                .toList();
    }

    private String command(String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(id), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The living part of the heap.
     *
     * @param deployments whose classes are still there
     */
    record Heap(long deployments, long bytes) {}
}
