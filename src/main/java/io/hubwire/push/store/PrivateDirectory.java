package io.hubwire.push.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories for the eyes of the server's own user, where the file system knows users. */
final class PrivateDirectory {
    private PrivateDirectory() {}

    /** Makes what is missing of the path; what is there keeps its permissions. */
    static Path create(Path directory) throws IOException {
        return Files.createDirectories(directory.toAbsolutePath(), ownerOnly());
    }

    static boolean knowsOwners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] ownerOnly() {
        return knowsOwners()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
