package io.zhitong.backend.keys.web;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyChain;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.VaultState;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.springframework.stereotype.Component;

/** What templates ask for to say the vault's enums and times in the reader's language (密钥用语). */
@Component
class KeyWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Clock clock;

    KeyWords(Clock clock) {
        this.clock = clock;
    }

    Spoken in(boolean chinese) {
        return new Spoken(chinese, clock);
    }

    /** In one language. */
    record Spoken(boolean chinese, Clock clock) {
        public String of(KeyUsage usage) {
            return chinese ? usage.chinese() : usage.english();
        }

        public String of(KeyState state) {
            return chinese ? state.chinese() : state.english();
        }

        public String of(KeyChain chain) {
            return chinese ? chain.chinese() : chain.english();
        }

        public String of(VaultState state) {
            return chinese ? state.chinese() : state.english();
        }

        public String of(KeyOrigin origin) {
            return chinese ? origin.chinese() : origin.english();
        }

        public String of(Exportability exportability) {
            return chinese ? exportability.chinese() : exportability.english();
        }

        /** Seconds as a time of this clock's zone. */
        public String time(long seconds) {
            return TIME.format(Instant.ofEpochSecond(seconds).atZone(clock.getZone()));
        }
    }
}
