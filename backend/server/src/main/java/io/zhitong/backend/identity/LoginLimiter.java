package io.zhitong.backend.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing (登录限速): after {@value #TRIES} wrong passwords for one log-in name from one address within
 * {@value #WINDOW_MINUTES} minutes that pair waits until the window has passed, and so does an address after
 * {@value #TRIES_OF_ADDRESS}. The count is in this process's memory and bounded; a restart forgets it. Thread-safe.
 */
@Component
final class LoginLimiter {
    static final int TRIES = 5;
    static final int TRIES_OF_ADDRESS = 30;
    static final int WINDOW_MINUTES = 5;
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > REMEMBERED;
        }
    };

    LoginLimiter(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean blocked(String address, String login) {
        return tries(pair(address, login)) >= TRIES || tries(address) >= TRIES_OF_ADDRESS;
    }

    synchronized void failed(String address, String login) {
        count(pair(address, login));
        count(address);
    }

    synchronized void succeeded(String address, String login) {
        counts.remove(pair(address, login));
    }

    private void count(String key) {
        int before = tries(key);
        Count running = counts.get(key);
        Instant end = before == 0 || running == null
                ? clock.instant().plus(Duration.ofMinutes(WINDOW_MINUTES))
                : running.end();
        counts.put(key, new Count(before + 1, end));
    }

    private int tries(String key) {
        Count count = counts.get(key);
        return count == null || !clock.instant().isBefore(count.end()) ? 0 : count.tries();
    }

    // The longest log-in name of the table is 60: a longer one is the same guess.
    private static String pair(String address, String login) {
        return address + ' ' + (login.length() > 60 ? login.substring(0, 60) : login);
    }

    private record Count(int tries, Instant end) {}
}
