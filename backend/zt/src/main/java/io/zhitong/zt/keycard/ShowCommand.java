package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardSession;
import io.zhitong.personalisation.keycard.KeyCardKind;
import io.zhitong.personalisation.keycard.KeyCardLabel;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code zt keys card show} (查看密钥卡标签). */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Print the label of the key card on the reader; no PIN 查看密钥卡标签.")
final class ShowCommand extends AtReader {
    @Override
    void run(CardSession card, PrintWriter out) {
        KeyCardLabel label = CARDS.label(card);
        out.println(label.line());
        if (label.kind() == KeyCardKind.MOTHER) {
            out.println("opened 开启次数: " + CARDS.uses(card));
        }
    }
}
