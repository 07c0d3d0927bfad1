package io.hubwire.push.boot;

import io.hubwire.push.domain.Role;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The accounts that an operator wants to exist: a UTF-8 text file with a line {@code name;display name;password} for each,
 * at whose end may stand {@code ;roles=Operator}. Empty lines and lines that begin with {@code #} are ignored; only the
 * password may hold semicolons. Roles are those of the line at every start, all else is of the first. Since it holds
 * passwords, nobody but its owner may have access to it; once its accounts exist, it is no longer needed.
 */
final class AccountsFile {
    private static final String ROLES = ";roles=";
    private static final Set<String> USER = Set.of(Role.USER.roleName());
    private static final Set<Role> GIVEN = EnumSet.of(Role.USER, Role.OPERATOR);
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
        int roles = fields[2].lastIndexOf(ROLES);
        String password = roles < 0 ? fields[2] : fields[2].substring(0, roles);
        if (password.length() < MIN_PASSWORD) {
            throw new IOException(where + "a password must have at least " + MIN_PASSWORD + " characters");
        }
        return new Newcomer(
                name,
                displayName,
                password,
                roles < 0 ? USER : roles(fields[2].substring(roles + ROLES.length()), where));
    }

    private static Set<String> roles(String list, String where) throws IOException {
        Set<String> roles = new HashSet<>(USER);
        for (String name : list.split(",", -1)) {
            roles.add(Role.named(name.strip())
                    .filter(GIVEN::contains)
                    .map(Role::roleName)
                    .orElseThrow(
                            () -> new IOException(where + "\"" + name.strip() + "\" is no role; there is Operator")));
        }
        return roles;
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
