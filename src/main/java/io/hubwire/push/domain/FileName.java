package io.hubwire.push.domain;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Makes a file name that a stranger chose fit to be shown and to be saved on any system. The name never becomes a path
 * on the server: files are stored under random names.
 */
public final class FileName {
    /** In UTF-16 units; leaves room for " (1)" and the like under the 255 bytes of common file systems. */
    public static final int MAX_LENGTH = 120;

    private static final int MAX_EXTENSION = 16;
    private static final String NAMELESS = "file";
    private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"|?*]");
    private static final Pattern EDGES = Pattern.compile("^[\\s.]+|[\\s.]+$", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?");

    private FileName() {}

    /**
     * Never fails: path parts, control and bidirectional characters, dots and spaces at the ends go; characters that
     * Windows forbids become underscores; device names get one in front; a long name is cut before its extension.
     *
     * @param declared as sent; null and names of which nothing remains become "file"
     */
    public static String safe(String declared) {
        String name = declared == null ? "" : Normalizer.normalize(lastSegment(declared), Normalizer.Form.NFC);
        name = FORBIDDEN.matcher(DeceptiveCharacters.remove(name)).replaceAll("_");
        name = shorten(trim(name));
        if (name.isEmpty()) {
            return NAMELESS;
        }
        return DEVICE.matcher(name).matches() ? shorten("_" + name) : name;
    }

    private static String lastSegment(String declared) {
        return declared.substring(Math.max(declared.lastIndexOf('/'), declared.lastIndexOf('\\')) + 1);
    }

    private static String trim(String name) {
        return EDGES.matcher(name).replaceAll("");
    }

    private static String shorten(String name) {
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        String extension = extension(name);
        return trim(cut(name, MAX_LENGTH - extension.length())) + extension;
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && name.length() - dot <= MAX_EXTENSION ? name.substring(dot) : "";
    }

    private static String cut(String name, int length) {
        return name.substring(0, Character.isHighSurrogate(name.charAt(length - 1)) ? length - 1 : length);
    }
}
