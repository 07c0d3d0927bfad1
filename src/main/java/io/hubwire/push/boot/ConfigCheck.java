package io.hubwire.push.boot;

import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.setting.ConfigFile;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.ConfigurationException;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Problems;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a {@code web.config}, with what stands in its place in the environment and the system properties, and prints every setting with its value and where that is from.
 * Passwords are not printed.
 *
 * <p>Ends with 0 when the configuration can be used, 1 when it cannot, each problem in a line of its own, and 2 when there is no such file or more than one is named.
 */
public final class ConfigCheck {
    private static final Path DEFAULT_FILE = Path.of("conf", "web.config");
    private static final int GOOD = 0;
    private static final int WRONG = 1;
    private static final int BAD_USAGE = 2;

    private ConfigCheck() {}

    /** Takes the name of a file; without one it is that of {@code hubwire.config}, or {@code conf/web.config}. */
    public static void main(String... arguments) {
        if (arguments.length > 1) {
            System.err.println("One file at a time.");
            System.exit(BAD_USAGE);
        }
        Optional<Path> named = Arrays.stream(arguments).map(Path::of).findFirst();
        System.exit(run(System.out, System.err, DEFAULT_FILE, named));
    }

    /**
     * The same without ending the process.
     *
     * @param packaged checked when nobody names another file
     * @return what {@link #main} ends with
     */
    public static int run(PrintStream out, PrintStream err, Path packaged, Optional<Path> named) {
        ConfigSources process = ConfigSources.ofProcess(Map.of(), Map.of());
        Path file = named.or(process::namedFile).orElse(packaged);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            err.println("There is no file " + file + " that can be read.");
            return BAD_USAGE;
        }
        try {
            print(out, file, process.withFile(ConfigFile.parse(file)));
            return GOOD;
        } catch (ConfigurationException e) {
            e.problems().forEach(err::println);
            return WRONG;
        }
    }

    private static void print(PrintStream out, Path file, ConfigSources sources) {
        Problems problems = new Problems();
        WebConfig config = WebConfig.read(sources, ConfigCheck.class.getClassLoader(), problems);
        EffectiveSettings application = config.settings(PushSettings.groups(), problems);
        problems.throwIfAny();
        out.println(file + " can be used. Every setting, and where its value is from:");
        config.settings().lines().forEach(out::println);
        application.lines().forEach(out::println);
        config.unused().forEach(element -> out.println("not used here: " + element));
        config.unusedConnectionStrings(PushSettings.groups())
                .forEach(name -> out.println("not used here: connection string " + name));
        config.strayVariables().forEach(name -> out.println("no setting: environment variable " + name));
    }
}
