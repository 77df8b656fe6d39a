package io.zhitong.backend.keys.web;

import io.zhitong.backend.keys.AuditLine;
import io.zhitong.backend.keys.BlastRadius;
import io.zhitong.backend.keys.BrokenAuditException;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.CustodyState;
import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyChain;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.keyapi.VaultState;
import io.zhitong.smcrypto.Hex;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What templates ask for to say the vault's enums and times in the reader's language (密钥用语). */
@Component
class KeyWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Clock clock;

    KeyWords(Clock clock) {
        this.clock = clock;
    }

    Spoken in(boolean chinese) {
        return new Spoken(chinese, clock);
    }

    Spoken in(Locale locale) {
        return in(locale.getLanguage().equals("zh"));
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

        public String of(CeremonyStep step) {
            return chinese ? step.chinese() : step.english();
        }

        public String of(KeyOrder order) {
            return chinese ? order.chinese() : order.english();
        }

        public String of(ProposalState state) {
            return chinese ? state.chinese() : state.english();
        }

        public String of(CustodyKind kind) {
            return chinese ? kind.chinese() : kind.english();
        }

        public String of(CustodyState state) {
            return chinese ? state.chinese() : state.english();
        }

        public String of(KeyRefusal refusal) {
            return chinese ? refusal.chinese() : refusal.english();
        }

        public String of(BlastRadius.Reach reach) {
            return chinese ? reach.chinese() : reach.english();
        }

        public String of(BrokenAuditException.Reason reason) {
            return chinese ? reason.chinese() : reason.english();
        }

        /** What a record tells; a kind of a later vault by its number. */
        public String kind(AuditLine line) {
            return line.kind()
                    .map(kind -> chinese ? kind.chinese() : kind.english())
                    .orElse("#" + line.code());
        }

        public String hex(byte[] bytes) {
            return Hex.of(bytes);
        }

        /** Milliseconds as a time of this clock's zone, with seconds. */
        public String second(long millis) {
            return SECOND.format(Instant.ofEpochMilli(millis).atZone(clock.getZone()));
        }

        /** Seconds as a time of this clock's zone. */
        public String time(long seconds) {
            return TIME.format(Instant.ofEpochSecond(seconds).atZone(clock.getZone()));
        }
    }
}
