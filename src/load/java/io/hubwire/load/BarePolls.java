package io.hubwire.load;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Long polls: each is parked with its headers sent, until there is something after its cursor; the answer carries all of that. */
final class BarePolls extends HttpServlet implements BarePush {
    private static final long serialVersionUID = 1L;
    private static final int KEPT = 4096;

    private final transient String[] messages = new String[KEPT]; // guarded by this, as is all below
    private final transient List<Poll> parked = new ArrayList<>();
    private long last;

    private record Poll(AsyncContext context, long after) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String cursor = request.getParameter("messageId");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        response.setContentType("application/json; charset=UTF-8");
        response.flushBuffer();
        Poll poll;
        synchronized (this) {
            poll = new Poll(
                    context,
                    cursor == null ? last : Long.parseLong(cursor, cursor.indexOf('-') + 1, cursor.length(), 10));
            if (cursor != null && poll.after == last) {
                parked.add(poll);
                return;
            }
        }
        answer(poll);
    }

    @Override
    public void publish(String text) {
        List<Poll> waiting;
        synchronized (this) {
            last++;
            messages[(int) (last % KEPT)] = BarePush.message(text);
            waiting = List.copyOf(parked);
            parked.clear();
        }
        for (Poll poll : waiting) {
            answer(poll);
        }
    }

    private void answer(Poll poll) {
        try {
            poll.context.getResponse().getOutputStream().write(frameAfter(poll.after));
            poll.context.complete();
        } catch (IOException | IllegalStateException peerIsGone) {
            getServletContext().log("a client has left", peerIsGone);
        }
    }

    private synchronized byte[] frameAfter(long after) {
        StringBuilder found = new StringBuilder();
        for (long i = Math.max(after, last - KEPT) + 1; i <= last; i++) {
            found.append(found.isEmpty() ? "" : ",").append(messages[(int) (i % KEPT)]);
        }
        String cursor = String.format(Locale.ROOT, "abcdefg-%06d", last);
        return BarePush.frame(cursor, found.toString()).getBytes(StandardCharsets.UTF_8);
    }
}
