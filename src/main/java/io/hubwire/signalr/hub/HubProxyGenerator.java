package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.JsonBinding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * The command line that writes the script for hubs, and its typings, to files (protocol §13.1): for pages that are built, or that come from another server than
 * the hubs.
 *
 * <pre>
 * HubProxyGenerator [--url URL] [--out FILE] [--typings FILE] [--no-comments] HUB…
 * </pre>
 *
 * <p>Each {@code HUB} is the name of a hub class on the class path, or a directory of classes that are on it, of which the hubs are taken. The script is the
 * one that a server with these hubs has at its {@code /hubs}; unless {@code --no-comments} is given, each function has a comment with the types of its parameters
 * and its result. Javadoc is not in class files, and so not in the script.
 *
 * <p>Ends with status 0, or with 2 and the reason on standard error when it was asked for what it cannot do; then nothing is written.
 */
public final class HubProxyGenerator {
    private static final int REFUSED = 2;
    private static final String CLASS_FILE = ".class";
    private static final String USAGE = """
            Usage: HubProxyGenerator [--url URL] [--out FILE] [--typings FILE] [--no-comments] HUB...
              --url URL        where the hubs are mapped; default /signalr
              --out FILE       the script; default server.js
              --typings FILE   typings for TypeScript; default none
              --no-comments    the script exactly as a server sends it
              HUB              a hub class, or a directory of classes that are on the class path
            """;

    private final PrintStream errors;
    private final List<Class<?>> hubs = new ArrayList<>();
    private String url = "/signalr";
    private Path out = Path.of("server.js");
    private Optional<Path> typings = Optional.empty();
    private boolean comments = true;

    private HubProxyGenerator(PrintStream errors) {
        this.errors = errors;
    }

    /** See above. */
    public static void main(String[] arguments) throws IOException {
        int status = run(List.of(arguments), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Does what {@link #main} does, without ending the process.
     *
     * @return the status
     * @throws IOException when a file or directory cannot be read or written
     */
    static int run(List<String> arguments, PrintStream output, PrintStream errors) throws IOException {
        HubProxyGenerator generator = new HubProxyGenerator(errors);
        try {
            generator.read(new ArrayDeque<>(arguments));
            generator.write(output);
            return 0;
        } catch (IllegalArgumentException e) {
            errors.println(e.getMessage());
            errors.print(USAGE);
            return REFUSED;
        }
    }

    private void read(Queue<String> arguments) throws IOException {
        while (!arguments.isEmpty()) {
            String argument = arguments.remove();
            switch (argument) {
                case "--url" -> url = value(argument, arguments);
                case "--out" -> out = Path.of(value(argument, arguments));
                case "--typings" -> typings = Optional.of(Path.of(value(argument, arguments)));
                case "--no-comments" -> comments = false;
                default -> add(argument);
            }
        }
        if (hubs.isEmpty()) {
            throw new IllegalArgumentException("There are no hubs to write a script for.");
        }
    }

    private static String value(String option, Queue<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("The option " + option + " needs a value.");
        }
        return arguments.remove();
    }

    private void add(String argument) throws IOException {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("There is no option " + argument + ".");
        }
        if (Files.isDirectory(Path.of(argument))) {
            addHubsIn(Path.of(argument));
            return;
        }
        try {
            hubs.add(load(argument));
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    argument + " is neither a class on the class path nor a directory (" + e + ").", e);
        }
    }

    private void addHubsIn(Path directory) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(directory)) {
            names = files.map(file -> directory.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS_FILE) && !file.endsWith("-info" + CLASS_FILE))
                    .map(file -> file.substring(0, file.length() - CLASS_FILE.length())
                            .replace(directory.getFileSystem().getSeparator(), "."))
                    .sorted()
                    .toList();
        }
        for (String name : names) {
            try {
                Class<?> type = load(name);
                if (HubRegistry.isHub(type)) {
                    hubs.add(type);
                }
            } catch (ClassNotFoundException | LinkageError e) {
                errors.println("Passed over " + name + ", which cannot be loaded: " + e);
            }
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    }

    private void write(PrintStream output) throws IOException {
        List<HubDescriptor> described = HubRegistry.of(hubs).hubs();
        JsonBinding binding = JsonBinding.standard();
        ProxyScript script = comments ? ProxyScript.documented(described, binding) : ProxyScript.of(described);
        Optional<String> declarations = typings.map(file -> ProxyTypings.of(described, binding));
        write(output, out, script.text(url));
        if (typings.isPresent()) {
            write(output, typings.get(), declarations.orElseThrow().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void write(PrintStream output, Path file, byte[] content) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Files.write(file, content);
        output.println(file + ": " + (hubs.size() == 1 ? "1 hub" : hubs.size() + " hubs"));
    }
}
