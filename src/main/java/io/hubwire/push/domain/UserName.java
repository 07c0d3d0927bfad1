package io.hubwire.push.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rule for user names: 1 to 64 of a-z, 0-9, dot, underscore and hyphen, starting with a letter or digit. */
public final class UserName {
    private static final Pattern CANONICAL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private UserName() {}

    /**
     * The one spelling under which a name is stored and compared: white space around it and case don't count.
     *
     * @return empty for null and for what is no user name
     */
    public static Optional<String> canonical(String typed) {
        return Optional.ofNullable(typed)
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> CANONICAL.matcher(name).matches());
    }
}
