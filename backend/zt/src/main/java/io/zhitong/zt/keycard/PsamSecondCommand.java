package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.keyapi.CustodyRegister;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.personalisation.SamCard;
import io.zhitong.personalisation.SamOrder;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zt keys card psam-second} (PSAM 二次发卡). */
@Command(
        name = "psam-second",
        mixinStandardHelpOptions = true,
        description = {
            "Second issue of a SAM: community, terminal, masters, and a PSAM's lease PSAM 二次发卡.",
            "May be run again after an interruption."
        })
final class PsamSecondCommand extends AtReader {
    @Mixin
    private SamOptions sam = new SamOptions();

    @Option(names = "--community", required = true, paramLabel = "16 HEX", description = "its factor 小区分散因子")
    private String community = "";

    @Option(names = "--terminal", required = true, paramLabel = "12 HEX", description = "terminal number 终端号")
    private String terminal = "";

    @Option(names = "--receiver", paramLabel = "16 HEX", description = "merchant; default the community 接收方")
    private Optional<String> receiver = Optional.empty();

    @Option(names = "--bought-cards", description = "also for bought cards of 3DES 同时支持外购3DES卡")
    private boolean bought;

    @Option(names = "--days", paramLabel = "N", defaultValue = "30", description = "of the lease; 0: none 租期天数")
    private int days = 30;

    @Mixin
    private RegisterOptions register = new RegisterOptions();

    @Override
    void run(CardSession card, PrintWriter out) {
        SamOrder order = order();
        try (KeyService keys = VaultAccess.keys(register.data());
                KeyAdministration vault = VaultAccess.people(register.data())) {
            register.refuseGone(vault, order.serial());
            byte[] chip = new SamCard(keys).chipId(card);
            var binding = new SamBinding(order.city(), order.community(), chip, order.terminal(), order.keyVersion());
            Runnable entered = () -> register.enter(
                    out,
                    vault,
                    PsamFirstCommand.custody(order.kind()),
                    order.serial(),
                    master(order).text(),
                    Optional.of(binding));
            SamCard issue = new SamCard(keys, request -> {
                entered.run();
                return vault.register().lease(request);
            });
            issue.second(card, order, step -> out.println(step.zh() + " " + step.en()));
            entered.run();
        }
    }

    /** What whoever opens the module holds. */
    private static KeyRef master(SamOrder order) {
        return order.kind() == SamOrder.Kind.PURCHASE
                ? KeyRef.of(KeyUsage.DPK, order.keyVersion(), order.city())
                : KeyRef.of(KeyUsage.ACCESS_FAST, order.keyVersion(), order.city(), order.community());
    }

    private SamOrder order() {
        SamOrder order = new SamOrder(
                sam.kind(),
                sam.city(),
                hex("--community", community, 8),
                sam.serial(),
                hex("--terminal", terminal, 6),
                sam.version());
        if (receiver.isPresent()) {
            order = order.receivedBy(hex("--receiver", receiver.get(), 8));
        }
        if (bought) {
            order = order.withBoughtCards();
        }
        boolean leased = days > 0 && sam.kind() == SamOrder.Kind.PURCHASE;
        return leased
                ? order.leased(new LeaseTerms(LocalDate.now().plusDays(days), CustodyRegister.LEASE_NUMBERS))
                : order;
    }
}
