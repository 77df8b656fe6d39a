package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardSession;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.personalisation.keycard.ExchangeComponents;
import io.zhitong.personalisation.keycard.KeyCardKind;
import io.zhitong.personalisation.keycard.KeyCardLabel;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code zt keys card verify} (核验密钥卡). */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Read a key card behind its PIN and compare its check value; prints nothing secret 核验密钥卡.")
final class VerifyCommand extends AtReader {
    @Override
    void run(CardSession card, PrintWriter out) throws IOException {
        KeyCardLabel label = CARDS.label(card);
        out.println(label.line());
        try (SecretBytes pin = pin()) {
            boolean right = switch (label.kind()) {
                case CONTROL -> share(card, label, pin);
                case TRANSPORT -> component(card, label, pin);
                case MOTHER -> mother(card, pin, out);
                case AUTHENTICATION -> CARDS.answer(card, pin, new byte[16]).length == 16;
            };
            if (!right) {
                throw new CommandFailure(ExitStatus.CHECK_FAILED, "what it keeps does not fit its label 内容与标签不符");
            }
        }
        out.println("right 核验通过");
    }

    private static boolean share(CardSession card, KeyCardLabel label, SecretBytes pin) {
        try (SecretBytes kept = CARDS.secret(card, KeyCardKind.CONTROL, pin);
                Share share = Share.parse(Hex.of(kept.export(SecretAccess.TOKEN)))) {
            return Arrays.equals(share.kcv(), label.kcv()) && share.x() == label.number();
        }
    }

    private static boolean component(CardSession card, KeyCardLabel label, SecretBytes pin) {
        try (SecretBytes kept = CARDS.secret(card, KeyCardKind.TRANSPORT, pin)) {
            return Arrays.equals(ExchangeComponents.kcv(List.of(kept)), label.kcv());
        }
    }

    /** The check value is that of both components: only the number of blocks is told. */
    private static boolean mother(CardSession card, SecretBytes pin, PrintWriter out) {
        out.println("key blocks 密钥块: " + CARDS.blocks(card, pin).size());
        return true;
    }
}
