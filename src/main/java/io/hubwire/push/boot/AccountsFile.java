package io.hubwire.push.boot;

import io.hubwire.push.domain.UserName;
import io.hubwire.push.service.Registration.Newcomer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The accounts that an operator wants to exist: a UTF-8 text file with a line {@code name;display name;password} for each.
 * Empty lines and lines that begin with {@code #} are ignored; only the password may hold semicolons. Since it holds
 * passwords, nobody but its owner may have access to it; once its accounts exist, it is no longer needed.
 */
final class AccountsFile {
    private static final int MIN_PASSWORD = 8;
    private static final int MAX_DISPLAY_NAME = 100;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private AccountsFile() {}

    /** A line that makes no sense, or a file that others have access to, throws {@link IOException} with file, line and reason. */
    static List<Newcomer> read(Path file) throws IOException {
        requireOwnerOnly(file);
        List<Newcomer> accounts = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                accounts.add(parse(line.split(";", 3), file + ":" + number + ": "));
            }
        }
        return accounts;
    }

    private static Newcomer parse(String[] fields, String where) throws IOException {
        if (fields.length < 3) {
            throw new IOException(where + "a line must be name;display name;password");
        }
        String name = UserName.canonical(fields[0])
                .orElseThrow(() -> new IOException(where + "\"" + fields[0] + "\" is no user name: 1 to 64 of a-z, 0-9,"
                        + " dot, underscore and hyphen, starting with a letter or digit"));
        String displayName = fields[1].strip();
        if (displayName.isEmpty() || displayName.length() > MAX_DISPLAY_NAME) {
            throw new IOException(where + "a display name must have 1 to " + MAX_DISPLAY_NAME + " characters");
        }
        if (fields[2].length() < MIN_PASSWORD) {
            throw new IOException(where + "a password must have at least " + MIN_PASSWORD + " characters");
        }
        return new Newcomer(name, displayName, fields[2], Set.of("user"));
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> excess = EnumSet.noneOf(PosixFilePermission.class);
        excess.addAll(view.readAttributes().permissions());
        excess.removeAll(OWNER_ONLY);
        if (!excess.isEmpty()) {
            throw new IOException(
                    file + " holds passwords and must be for its owner alone (chmod 600), but there is " + excess);
        }
    }
}
