package io.hubwire.signalr.tracing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** The shapes of lines, those of the .NET listeners: there as here every event has the number 0. */
enum LineFormat {

    /** As {@code TextWriterTraceListener}, with the time in front: {@code 2031-05-07T09:30:00.123Z SignalR.Connection Verbose: 0 : text}. */
    TEXT {
        @Override
        String line(TraceEvent event) {
            return time(event.time()) + ' ' + event.source() + ' '
                    + event.type().text() + ": 0 : " + event.text();
        }
    },

    /** As {@code DelimitedListTraceListener} with all options: source, type, number, text, data, process, operations, thread, time, ticks and stack. */
    DELIMITED {
        @Override
        String line(TraceEvent event) {
            return quoted(event.source()) + ';' + event.type().text() + ";0;" + quoted(event.text()) + ";;"
                    + ProcessHandle.current().pid() + ";;" + quoted(event.thread()) + ';'
                    + quoted(time(event.time())) + ";;";
        }
    };

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    /** An event's line, without its end. */
    abstract String line(TraceEvent event);

    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
