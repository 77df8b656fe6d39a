package io.zhitong.backend.cards;

import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.LeaseRequest;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.personalisation.SamOrder;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lease of the demo's PSAM (演示租约): the module is entered into the vault's register and leased. Where the
 * register has another chip under that number, because somebody threw the cards away and kept the vault, it goes without.
 */
final class DemoLeases {
    private static final int NUMBERS = 100_000;

    private final KeyAdministration vault;
    private final byte[] chip;
    private final SamOrder order;
    private final int days;

    DemoLeases(KeyAdministration vault, byte[] chip, SamOrder order, int days) {
        this.vault = vault;
        this.chip = chip;
        this.order = order;
        this.days = days;
    }

    SamOrder leased(LocalDate today) {
        boolean taken = vault.register().items().stream()
                .filter(item -> item.entry().serial().equals(Hex.of(order.serial())))
                .anyMatch(item -> !item.state().there()
                        || item.entry()
                                .sam()
                                .filter(sam -> Arrays.equals(sam.chip(), chip))
                                .isEmpty());
        return taken || order.kind() != SamOrder.Kind.PURCHASE
                ? order
                : order.leased(new LeaseTerms(today.plusDays(days), NUMBERS));
    }

    byte[] grant(LeaseRequest request) {
        var binding = new SamBinding(order.city(), order.community(), chip, order.terminal(), order.keyVersion());
        vault.register()
                .enter(new CustodyEntry(
                        CustodyKind.PURCHASE_SAM,
                        Hex.of(order.serial()),
                        "",
                        order.kind().zh(),
                        "demo 演示",
                        Optional.of(binding)));
        return vault.register().lease(request);
    }
}
