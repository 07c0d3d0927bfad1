package io.hubwire.push.boot.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What the person who starts the server said: {@code --name=value}, or else the system property {@code hubwire.name}.
 *
 * @param help only the usage was asked for
 * @param address see {@link ServerOptions#address}
 * @param port see {@link ServerOptions#port}
 * @param data see {@link ServerOptions#data}
 */
record CommandLine(boolean help, String address, int port, Path data) {

    private static final String USAGE = """
            Options, each also a system property (-Dhubwire.port=8081):
              --port=NUMBER     where to listen, 0 for any free port (8080)
              --address=HOST    the address to bind (127.0.0.1, this machine only)
              --data=DIRECTORY  where everything that survives a restart is kept (data)
              --check-config[=FILE]  only checks a web.config (or the packaged one) and prints every setting
            """;

    private static final String HELP = "--help";
    private static final List<String> NAMES = List.of("port", "address", "data");
    private static final int BAD_USAGE = 2;

    /** An unknown option, or a port that is no number, throws {@link IllegalArgumentException} with the text as given. */
    static CommandLine parse(List<String> arguments, Properties properties) {
        arguments.forEach(CommandLine::requireKnown);
        return new CommandLine(
                arguments.contains(HELP),
                value("address", arguments, properties).orElse(ServerOptions.DEFAULT_ADDRESS),
                value("port", arguments, properties).map(CommandLine::parsePort).orElse(ServerOptions.DEFAULT_PORT),
                value("data", arguments, properties).map(Path::of).orElse(ServerOptions.DEFAULT_DATA));
    }

    /** Prints the usage and ends the process when it was asked for, or when the command line makes no sense. */
    static CommandLine parseOrExit(String... arguments) {
        try {
            CommandLine commandLine = parse(List.of(arguments), System.getProperties());
            if (commandLine.help) {
                System.out.print(USAGE);
                System.exit(0);
            }
            return commandLine;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            System.exit(BAD_USAGE);
            throw e;
        }
    }

    private static Optional<String> value(String name, List<String> arguments, Properties properties) {
        String prefix = "--" + name + "=";
        return arguments.stream()
                .filter(argument -> argument.startsWith(prefix))
                .map(argument -> argument.substring(prefix.length()))
                .reduce((first, last) -> last)
                .or(() -> Optional.ofNullable(properties.getProperty("hubwire." + name)));
    }

    private static void requireKnown(String argument) {
        if (!argument.equals(HELP) && NAMES.stream().noneMatch(name -> argument.startsWith("--" + name + "="))) {
            throw new IllegalArgumentException("There is no option \"" + argument + "\"");
        }
    }

    private static int parsePort(String text) {
        try {
            int port = Integer.parseInt(text);
            ServerOptions.requirePort(port);
            return port;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Port \"" + text + "\" is not a number", e);
        }
    }
}
