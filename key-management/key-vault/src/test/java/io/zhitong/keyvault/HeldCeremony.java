package io.zhitong.keyvault;

import io.zhitong.keyapi.Ceremonies;
import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.DealtShare;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A ceremony of two out of two, held at once by one hand: for tests that need what it leaves. */
final class HeldCeremony {
    private HeldCeremony() {}

    static void in(Ceremonies ceremonies, boolean rehearsal) {
        in(ceremonies, new CeremonySettings("锦绣家园", 2, 2, rehearsal, true));
    }

    /** The shares, for opening it again. */
    static List<SecretBytes> in(Ceremonies ceremonies, CeremonySettings settings) {
        byte[] id = ceremonies.start(settings).id();
        byte[] salt = new byte[CeremonyCommitment.SALT];
        ceremonies.join("王芳", pin(1));
        ceremonies.join("李雷", pin(2));
        for (int x = 1; x <= 2; x++) {
            ceremonies.commit(x, pin(x), salt, CeremonyCommitment.of(id, x, salt, component(x)));
        }
        for (int x = 1; x <= 2; x++) {
            ceremonies.reveal(x, pin(x), component(x));
        }
        List<SecretBytes> shares = new ArrayList<>();
        for (int x = 1; x <= 2; x++) {
            try (DealtShare dealt = ceremonies.deal(x, pin(x))) {
                shares.add(SecretBytes.takeOver(dealt.share().export(SecretAccess.TOKEN)));
            }
        }
        List<SecretBytes> kept = shares.stream()
                .map(share -> SecretBytes.takeOver(share.export(SecretAccess.TOKEN)))
                .toList();
        for (int x = 1; x <= 2; x++) {
            ceremonies.confirm(x, pin(x), shares.get(x - 1));
        }
        ceremonies.close(1, pin(1));
        return kept;
    }

    /** PIN of a custodian by number. */
    static SecretBytes pin(int custodian) {
        return secret("57310" + custodian);
    }

    private static SecretBytes component(int custodian) {
        return secret("the-component-number-" + custodian + "-0123456789abcdef");
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.takeOver(text.getBytes(StandardCharsets.US_ASCII));
    }
}
