package io.hubwire.signalr.hosting.jakarta;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The query of a request as its sender meant it. An Undertow that allows unescaped characters, which the .NET client needs, gives a query string that is decoded already: an
 * escaped {@code &} in a value can't be told from one that separates. Its parameters are decoded one by one, and right; so there the query is written anew from them.
 */
final class SentQuery {
    private static final Logger LOG = System.getLogger(SentQuery.class.getName());

    private SentQuery() {}

    /** Escaped, without the question mark; null when there is none. Called on the request's thread, before anybody has read the body. */
    static String of(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && !query.isEmpty() && Undertow.made(request.getServletContext())
                ? rewritten(request)
                : query;
    }

    private static String rewritten(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            keepBody(request);
        }
        StringJoiner query = new StringJoiner("&");
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            for (String value : parameter.getValue()) {
                query.add(escaped(parameter.getKey()) + "=" + escaped(value));
            }
        }
        return query.toString();
    }

    /** Whoever has taken the stream reads forms by themselves: from then on Undertow's parameters are those of the query alone. */
    private static void keepBody(HttpServletRequest request) {
        try {
            var unused = request.getInputStream();
        } catch (IOException | IllegalStateException takenByAReader) {
            LOG.log(Level.DEBUG, "Somebody reads the body already", takenByAReader);
        }
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
