package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardSession;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.AuthenticationCards;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.Proposal;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.personalisation.keycard.KeyCardLabel;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zt keys card prove} (出示认证卡). */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Show a custodian's authentication card for one proposal 出示认证卡.",
            "zt keys custodians approve must follow within five minutes."
        })
final class ProveCommand extends AtReader {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of the served vault 数据目录")
    private Path data = Path.of("vault");

    @Option(names = "--custodian", required = true, paramLabel = "NAME", description = "whose card 保管人")
    private String custodian = "";

    @Option(names = "--proposal", required = true, paramLabel = "16 HEX", description = "its number 待批指令编号")
    private String proposal = "";

    @Override
    void run(CardSession card, PrintWriter out) throws IOException {
        try (KeyAdministration vault = VaultAccess.people(data)) {
            int number = EnrolledCard.custodian(vault, custodian).number();
            Proposal asked = vault.custodians().proposals().stream()
                    .filter(each -> each.name().equalsIgnoreCase(proposal))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(ExitStatus.CHECK_FAILED, "no such proposal 没有该待批指令"));
            KeyCardLabel label = CARDS.label(card);
            boolean ours = Arrays.equals(label.owner(), EnrolledCard.vaultId(data)) && label.number() == number;
            if (!ours) {
                throw new CommandFailure(
                        ExitStatus.CHECK_FAILED, "the card is another custodian's or of another vault 不是该保管人或本密钥库的卡");
            }
            AuthenticationCards cards = vault.authenticationCards();
            try (SecretBytes pin = pin()) {
                cards.prove(number, asked.digest(), CARDS.answer(card, pin, cards.challenge(number)));
            }
            out.println("shown 已出示: " + asked.order().english() + " "
                    + asked.order().chinese());
        }
    }
}
