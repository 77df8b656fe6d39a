package io.zhitong.keyvault.custodian;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.SecretBytes;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks a custodian's PIN (口令校验). A try is counted on disk before the PIN is compared, so that pulling the plug gives no
 * further tries.
 */
public final class PinGuard {
    private PinGuard() {}

    /**
     * Answers the custodian when the PIN is right.
     *
     * @param all everybody
     * @param keep writes everybody to disk
     * @throws KeyServiceException {@link KeyRefusal#UNKNOWN_CUSTODIAN}, {@link KeyRefusal#CUSTODIAN_LOCKED},
     *     {@link KeyRefusal#WRONG_PIN}
     */
    public static CustodianEntry check(
            List<CustodianEntry> all, int number, SecretBytes pin, Consumer<List<CustodianEntry>> keep) {
        CustodianEntry asked = find(all, number);
        if (asked.locked()) {
            throw locked();
        }
        CustodianEntry counted = asked.withWrongPins(asked.wrongPins() + 1);
        keep.accept(replace(all, counted));
        if (!asked.pin().fits(pin)) {
            throw counted.locked()
                    ? locked()
                    : new KeyServiceException(KeyRefusal.WRONG_PIN, "it was counted; five in a row lock");
        }
        CustodianEntry cleared = asked.withWrongPins(0);
        keep.accept(replace(all, cleared));
        return cleared;
    }

    /** The custodian of a number. */
    public static CustodianEntry find(List<CustodianEntry> all, int number) {
        return all.stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> new KeyServiceException(
                        KeyRefusal.UNKNOWN_CUSTODIAN, "expected the number of a custodian of this vault"));
    }

    static List<CustodianEntry> replace(List<CustodianEntry> all, CustodianEntry changed) {
        return all.stream()
                .map(each -> each.number() == changed.number() ? changed : each)
                .toList();
    }

    private static KeyServiceException locked() {
        return new KeyServiceException(
                KeyRefusal.CUSTODIAN_LOCKED, "five wrong PINs in a row: two other custodians unlock by an order");
    }
}
