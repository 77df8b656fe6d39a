package io.zhitong.edge.installer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The last lines of the program's log (最近日志). Thread-safe. */
final class RecentLog extends AppenderBase<ILoggingEvent> {

    private static final int MOST_LINES = 200;
    private static final int LONGEST = 400;
    private final Deque<String> lines = new ArrayDeque<>();

    /** Begins to keep what is logged from now on; nothing where another library logs. */
    static RecentLog begin() {
        RecentLog recent = new RecentLog();
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            recent.setContext(root.getLoggerContext());
            recent.start();
            root.addAppender(recent);
        }
        return recent;
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
            String line = Instant.ofEpochMilli(event.getTimeStamp()) + " " + event.getLevel() + " "
                    + event.getFormattedMessage().replaceAll("\\p{Cntrl}", " ");
            lines.addLast(line.substring(0, Math.min(LONGEST, line.length())));
            if (lines.size() > MOST_LINES) {
                lines.removeFirst();
            }
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    void end() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.detachAppender(this);
        }
        stop();
    }
}
