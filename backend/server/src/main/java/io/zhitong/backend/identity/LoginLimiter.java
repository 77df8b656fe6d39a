package io.zhitong.backend.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing (登录限速): after {@value #TRIES} wrong passwords for one log-in name from one address within
 * {@value #WINDOW_MINUTES} minutes that pair waits until the window has passed, and so does an address after
 * {@value #TRIES_OF_ADDRESS}. The count lies in the database, so that consoles share it and a restart forgets nothing; it is
 * bounded, because a blocked address adds no more rows. Thread-safe.
 */
@Component
class LoginLimiter {
    static final int TRIES = 5;
    static final int TRIES_OF_ADDRESS = 30;
    static final int WINDOW_MINUTES = 5;
    private static final int LONGEST_LOGIN = 60;
    private static final String IN_A_SESSION = "session";

    private final JdbcClient jdbc;
    private final Clock clock;

    LoginLimiter(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    boolean blocked(String address, String login) {
        return tries(pair(address, login)) >= TRIES || tries(address) >= TRIES_OF_ADDRESS;
    }

    void failed(String address, String login) {
        if (tries(address) < TRIES_OF_ADDRESS) {
            jdbc.sql("delete from login_try where ends_at <= ?").param(now()).update();
            count(pair(address, login));
            count(address);
        }
    }

    void succeeded(String address, String login) {
        jdbc.sql("delete from login_try where who = ?")
                .param(pair(address, login))
                .update();
    }

    /** Whether a session has guessed its user's password too often; the log-in itself is not slowed by it. */
    boolean guessedOften(String login) {
        return tries(pair(IN_A_SESSION, login)) >= TRIES;
    }

    void guessed(String login) {
        count(pair(IN_A_SESSION, login));
    }

    private void count(String key) {
        jdbc.sql("insert into login_try (who, tries, ends_at) values (?, 0, ?) on conflict do nothing")
                .params(key, now().plus(Duration.ofMinutes(WINDOW_MINUTES)))
                .update();
        jdbc.sql("update login_try set tries = tries + 1 where who = ?")
                .param(key)
                .update();
    }

    private int tries(String key) {
        return jdbc.sql("select tries from login_try where who = ? and ends_at > ?")
                .params(key, now())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** The longest log-in name of the table is 60: a longer one is the same guess. A strange character counts like any other. */
    private static String pair(String address, String login) {
        String known = login.length() > LONGEST_LOGIN ? login.substring(0, LONGEST_LOGIN) : login;
        return address + ' ' + known.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
