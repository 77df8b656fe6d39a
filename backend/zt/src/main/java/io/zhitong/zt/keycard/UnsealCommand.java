package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardSession;
import io.zhitong.keyapi.DoorState;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.personalisation.keycard.KeyCardKind;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zt keys card unseal} (用总控卡开启). */
@Command(
        name = "unseal",
        mixinStandardHelpOptions = true,
        description = "Give the share on a master control card to the running vault 用总控卡提交分量.")
final class UnsealCommand extends AtReader {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of the served vault 数据目录")
    private Path data = Path.of("vault");

    @Override
    void run(CardSession card, PrintWriter out) throws IOException {
        try (KeyAdministration vault = VaultAccess.people(data);
                SecretBytes pin = pin();
                SecretBytes kept = CARDS.secret(card, KeyCardKind.CONTROL, pin);
                SecretBytes text = SecretBytes.takeOver(
                        Hex.of(kept.export(SecretAccess.TOKEN)).getBytes(StandardCharsets.US_ASCII))) {
            DoorState state = vault.door().giveShare(text);
            out.println("vault 密钥库: " + state.state().english() + " "
                    + state.state().chinese() + ", shares given 已提交分量: "
                    + state.given().size());
        }
    }
}
