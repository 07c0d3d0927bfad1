package io.hubwire.captures;

/** The escapes of the vector files: {@code \\ \r \n \t \}{@code uNNNN} and {@code \xNN} for a raw byte. */
final class Escapes {
    private Escapes() {}

    /** Resolves all but {@code \xNN}, which stays for whoever turns the text into bytes. */
    static String resolve(String escaped) {
        StringBuilder out = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char kind = escaped.charAt(++i);
            switch (kind) {
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'x' -> out.append("\\x");
                case 'u' -> {
                    out.append((char) Integer.parseInt(escaped.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(kind);
            }
        }
        return out.toString();
    }
}
