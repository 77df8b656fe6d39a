package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardSession;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.personalisation.SamBlank;
import io.zhitong.personalisation.SamCard;
import io.zhitong.personalisation.SamOrder;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zt keys card psam-first} (PSAM 一次发卡). */
@Command(
        name = "psam-first",
        mixinStandardHelpOptions = true,
        description = "First issue of a SAM: the city's control key and a serial number PSAM 一次发卡.")
final class PsamFirstCommand extends AtReader {
    @Mixin
    private SamOptions sam = new SamOptions();

    @Mixin
    private RegisterOptions register = new RegisterOptions();

    @Override
    void run(CardSession card, PrintWriter out) {
        var blank = new SamBlank(sam.kind(), sam.city(), sam.serial(), sam.version());
        try (KeyService keys = VaultAccess.keys(register.data());
                KeyAdministration vault = VaultAccess.people(register.data())) {
            new SamCard(keys).first(card, blank, step -> out.println(step.zh() + " " + step.en()));
            register.enter(out, vault, custody(sam.kind()), blank.serial(), "", Optional.empty());
        }
    }

    static CustodyKind custody(SamOrder.Kind kind) {
        return kind == SamOrder.Kind.PURCHASE ? CustodyKind.PURCHASE_SAM : CustodyKind.ACCESS_SAM;
    }
}
