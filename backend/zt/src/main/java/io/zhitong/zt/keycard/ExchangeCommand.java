package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.personalisation.keycard.KeyCardKind;
import io.zhitong.personalisation.keycard.KeyCardLabel;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zt keys card exchange} (导入交换密钥). */
@Command(
        name = "exchange",
        mixinStandardHelpOptions = true,
        description = {
            "Put a partner's exchange key into a vault that no process serves: mother card on --reader, transport card on",
            "--other-reader 由母卡与传输卡导入交换密钥."
        })
final class ExchangeCommand extends AtReader {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
    private Path data = Path.of("vault");

    @Option(names = "--share", paramLabel = "FILE", description = "a custodian's share; repeat 保管人分量文件，可重复")
    private List<Path> shares = new ArrayList<>();

    @Option(names = "--key-version", required = true, paramLabel = "N", description = "of the exchange key 版本")
    private int version = 1;

    @Option(names = "--other-reader", required = true, paramLabel = "NAME", description = "with the transport card")
    private String other = "";

    @Override
    void run(CardSession mother, PrintWriter out) throws IOException {
        KeyCardLabel label = CARDS.label(mother);
        try (SecretBytes pin = VaultAccess.ask("PIN of the mother card 母卡口令: ");
                SecretBytes ours = CARDS.secret(mother, KeyCardKind.MOTHER, pin);
                CardReader second = reader().open(other);
                CardSession transport = second.connect();
                SecretBytes theirs = TransportCard.component(transport, label.owner())) {
            KeyRef name = KeyRef.of(KeyUsage.EXCHANGE, version, label.owner());
            out.println(VaultAccess.importComponents(data, shares, name, List.of(ours, theirs), label.kcv()));
        }
    }
}
