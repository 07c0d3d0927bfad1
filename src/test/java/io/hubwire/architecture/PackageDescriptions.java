package io.hubwire.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whether every package below a source directory says what it is, what it may know and who owns its threads. */
final class PackageDescriptions {

    private static final int SHORTEST = 100;

    private PackageDescriptions() {}

    /** The directories of packages that hold classes and no description worth the name. */
    static List<Path> missingBelow(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(directory -> !isDescribed(directory.resolve("package-info.java")))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isDescribed(Path packageInfo) {
        try {
            return Files.exists(packageInfo)
                    && Files.readString(packageInfo)
                                    .replaceAll("(?s)^\\s*/\\*\\*(.*?)\\*/.*", "$1")
                                    .length()
                            >= SHORTEST;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
