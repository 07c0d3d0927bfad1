package io.hubwire.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Main class of the process that holds a server. Obeys lines on its standard input and answers on its standard output:
 *
 * <pre>
 * rate N S B      publish N messages of B bytes a second for S seconds      done COUNT
 * saturate S B W C  publish for S seconds, at most W messages ahead of C clients   done COUNT
 * received N      what the clients have got in all, for saturate            (no answer)
 * cpu             nanoseconds of CPU this process has used                  cpu NANOS
 * switches        how often its threads have given up their processor to wait   switches COUNT
 * heap            bytes in use after a collection                           heap BYTES
 * quit
 * </pre>
 */
public final class ChildServer {
    private static final int COLLECTIONS = 3;

    private final ServerUnderTest server;
    private final PrintStream answers;
    private final AtomicLong received = new AtomicLong();

    private ChildServer(ServerUnderTest server, PrintStream answers) {
        this.server = server;
        this.answers = answers;
    }

    /** Starts the server that the first argument names, {@code bare} or {@code hubwire}, for the transport of the second, and obeys until the input ends. */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // whatever the container prints must not be taken for an answer
        try (ServerUnderTest server = start(args[0], LoadTransport.of(args[1]))) {
            answers.println("port " + server.port());
            new ChildServer(server, answers)
                    .obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
        System.exit(0);
    }

    private static ServerUnderTest start(String kind, LoadTransport transport) throws Exception {
        return kind.equals("bare") ? BareServer.start(transport) : HubwireServer.start();
    }

    private void obey(BufferedReader lines) throws Exception {
        for (String line = lines.readLine(); line != null && !"quit".equals(line); line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "rate" -> inBackground(() -> publishAtRate(number(words, 1), number(words, 2), number(words, 3)));
                case "saturate" ->
                    inBackground(
                            () -> saturate(number(words, 1), number(words, 2), number(words, 3), number(words, 4)));
                case "received" -> received.set(Long.parseLong(words[1]));
                case "cpu" -> answers.println("cpu " + cpuNanos());
                case "switches" -> answers.println("switches " + ThreadSwitches.voluntary());
                case "heap" -> answers.println("heap " + heapAfterCollection());
                default -> throw new IllegalArgumentException("what is " + line + "?");
            }
        }
    }

    private void inBackground(Runnable task) {
        Thread publisher = new Thread(task, "publisher");
        publisher.setDaemon(true);
        publisher.start();
    }

    private void publishAtRate(int perSecond, int seconds, int bytes) {
        long everyNanos = Duration.ofSeconds(1).toNanos() / perSecond;
        long next = System.nanoTime();
        long count = (long) perSecond * seconds;
        for (long i = 0; i < count; i++) {
            server.publish(text(bytes));
            next += everyNanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        answers.println("done " + count);
    }

    private void saturate(int seconds, int bytes, int window, int clients) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        received.set(0);
        long published = 0;
        while (System.nanoTime() < end) {
            if (published * clients - received.get() < (long) window * clients) {
                server.publish(text(bytes));
                published++;
            } else {
                LockSupport.parkNanos(20_000);
            }
        }
        answers.println("done " + published);
    }

    /** A mark, the time, and filling. */
    static String text(int bytes) {
        String stamped = "#t" + System.nanoTime();
        return stamped + "x".repeat(Math.max(1, bytes - stamped.length()));
    }

    private static int number(String[] words, int index) {
        return Integer.parseInt(words[index]);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long heapAfterCollection() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
