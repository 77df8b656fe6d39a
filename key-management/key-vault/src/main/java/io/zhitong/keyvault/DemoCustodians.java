package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.custodian.CustodianEntry;
import io.zhitong.keyvault.custodian.PinCost;
import io.zhitong.keyvault.custodian.PinVerifier;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Custodians of a demo (演示保管人), whose PINs lie beside its shares: the rules are those of any vault. */
final class DemoCustodians {
    private static final List<String> NAMES = List.of("演示保管人甲", "演示保管人乙", "演示保管人丙", "演示保管人丁");

    private DemoCustodians() {}

    /** Makes them and writes a line for each: number, PIN, name. */
    static List<CustodianEntry> make(Path file, PinCost cost, RandomSource random) {
        List<CustodianEntry> made = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (String name : NAMES) {
            int number = made.size() + 1;
            byte[] digits = digits(random);
            lines.append(number).append(' ');
            lines.append(new String(digits, StandardCharsets.US_ASCII)).append(' ');
            lines.append(name).append('\n');
            try (SecretBytes pin = SecretBytes.takeOver(digits)) {
                made.add(new CustodianEntry(number, name, 0, PinVerifier.of(pin, cost, random)));
            } catch (KeyServiceException e) {
                if (e.reason() == KeyRefusal.BAD_PIN) {
                    return make(file, cost, random);
                }
                throw e;
            }
        }
        SafeFiles.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
        return made;
    }

    private static byte[] digits(RandomSource random) {
        byte[] digits = random.bytes(6);
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) ('0' + (digits[i] & 0xFF) % 10);
        }
        return digits;
    }
}
